package io.autonomos.schemas.messages;

import java.time.Instant;
import java.util.Set;

/**
 * A person's decision on a proposal.
 *
 * @param id of two reviews with one id the second changes nothing
 * @param tenant must be that of the proposal
 * @param mapping the mapping as the reviewer wrote it; with {@link #EDIT} only
 * @param by who decided
 * @param reason why, or null
 */
public record Review(
        String id,
        String proposalId,
        String tenant,
        String decision,
        String mapping,
        String by,
        String reason,
        Instant at) {

    public static final String APPROVE = "approve";
    public static final String REJECT = "reject";
    public static final String EDIT = "edit";

    private static final Set<String> DECISIONS = Set.of(APPROVE, REJECT, EDIT);

    public Review {
        Check.text("id", id);
        Check.text("proposal_id", proposalId);
        Check.part("tenant", tenant);
        Check.oneOf("decision", decision, DECISIONS);
        if (EDIT.equals(decision)) {
            Check.text("mapping", mapping);
        } else if (mapping != null) {
            throw new Check.Failure("mapping", "is allowed with the decision edit only");
        }
        Check.text("by", by);
        Check.when("at", at);
    }
}
