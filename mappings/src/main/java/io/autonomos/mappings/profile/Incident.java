package io.autonomos.mappings.profile;

import io.autonomos.schemas.messages.DriftEvent;
import java.util.Set;

/**
 * A drift that was confirmed.
 *
 * @param lost canonical fields that the records can no longer give
 * @param suspect canonical fields that they still give, but whose values mean something else
 */
public record Incident(DriftEvent event, Findings findings, Set<String> lost, Set<String> suspect) {

    public Incident {
        lost = Set.copyOf(lost);
        suspect = Set.copyOf(suspect);
    }

    /** Whether records must wait for a repair. */
    public boolean holdsRecords() {
        return !lost.isEmpty() || !suspect.isEmpty();
    }
}
