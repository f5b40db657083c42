package io.autonomos.schemas.messages;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.time.Instant;

/**
 * A person's decision that a unified row is part of another one, or that it is not any more, as all
 * jobs go by it; the last decision about a row counts. Or that two rows are not one, so that no job
 * asks again; the last decision about a pair counts, and moves no row.
 *
 * @param from the row that becomes part of the other, by its id
 * @param into the row that stays; null where both stand alone again
 * @param other the other row of a pair that is not to be asked about, or is again if {@code into}
 *     names it; null where rows move
 * @param candidateId what was decided about
 * @param by who decided
 * @param reason why, or null
 */
public record MergeDecision(
        String tenant,
        String entity,
        String from,
        String into,
        String other,
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
        Check.optional("other", other);
        Check.text("candidate_id", candidateId);
        Check.text("by", by);
        Check.when("at", at);
    }

    /** Whether it says only if two rows are asked about. */
    @JsonIgnore
    public boolean isOfPair() {
        return other != null;
    }
}
