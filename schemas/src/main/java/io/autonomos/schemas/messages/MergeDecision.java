package io.autonomos.schemas.messages;

import java.io.Serializable;
import java.time.Instant;

/**
 * A person's decision that a unified row is part of another one, or that it is not any more, as all
 * jobs go by it. The last decision about a row counts.
 *
 * @param from the row that becomes part of the other, by its id
 * @param into the row that stays; null where both stand alone again
 * @param candidateId what was decided about
 * @param by who decided
 * @param reason why, or null
 */
public record MergeDecision(
        String tenant,
        String entity,
        String from,
        String into,
        String candidateId,
        String by,
        String reason,
        Instant at)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public MergeDecision {
        Check.part("tenant", tenant);
        Check.entity(entity);
        Check.text("from", from);
        Check.optional("into", into);
        Check.text("candidate_id", candidateId);
        Check.text("by", by);
        Check.when("at", at);
    }
}
