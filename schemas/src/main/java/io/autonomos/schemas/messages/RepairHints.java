package io.autonomos.schemas.messages;

import java.util.List;

/**
 * What a repair is worked out with beside the records.
 *
 * @param known changes of the source's fields that were decided before
 * @param thresholds what the tenant's repairs need at least; the first that covers a field counts
 */
public record RepairHints(List<KnownRepair> known, List<RepairThreshold> thresholds) {

    /** Nothing is remembered, and the job's own thresholds hold. */
    public static final RepairHints NONE = new RepairHints(List.of(), List.of());

    public RepairHints {
        known = Check.list("known", known);
        thresholds = Check.list("thresholds", thresholds);
    }

    /** The same with other memories. */
    public RepairHints withKnown(List<KnownRepair> others) {
        return new RepairHints(others, thresholds);
    }

    /** The same with other thresholds. */
    public RepairHints withThresholds(List<RepairThreshold> others) {
        return new RepairHints(known, others);
    }
}
