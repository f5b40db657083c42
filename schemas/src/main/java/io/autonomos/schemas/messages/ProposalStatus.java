package io.autonomos.schemas.messages;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One line of the review log: a proposal got a status, or a review was refused.
 *
 * @param id deterministic: one change has one id
 * @param proposalId the proposal, or {@code _} where a refused message does not say
 * @param tenant the tenant, or that of {@link StreamKey#UNADDRESSED}
 * @param connection null where the proposal is unknown
 * @param stream null where the proposal is unknown
 * @param reviewId the review that caused it, or null
 * @param decision what that review wanted, or null
 * @param version the number of the mapping version that it makes, or 0
 * @param by who decided; {@link #JOB} for the job itself
 * @param reason why, or null
 * @param problems why a review was refused; else none
 */
public record ProposalStatus(
        String id,
        String proposalId,
        String tenant,
        String connection,
        String stream,
        String status,
        String reviewId,
        String decision,
        int version,
        String by,
        String reason,
        List<Problem> problems,
        Instant at) {

    /** Waits for a person. */
    public static final String PENDING = "pending";

    /** The repair stage applied it unasked. */
    public static final String APPLIED = "applied";

    public static final String APPROVED = "approved";
    public static final String EDITED = "edited";
    public static final String REJECTED = "rejected";
    public static final String EXPIRED = "expired";

    /** A newer proposal or version of the stream took its place. */
    public static final String SUPERSEDED = "superseded";

    /** A review changed nothing. */
    public static final String REFUSED = "refused";

    /** Stands for the job where nobody decided. */
    public static final String JOB = "autonomos";

    /** Every status. */
    public static final Set<String> STATUSES =
            Set.of(PENDING, APPLIED, APPROVED, EDITED, REJECTED, EXPIRED, SUPERSEDED, REFUSED);

    public ProposalStatus {
        Check.text("id", id);
        Check.text("proposal_id", proposalId);
        Check.part("tenant", tenant);
        Check.optional("connection", connection);
        Check.optional("stream", stream);
        Check.oneOf("status", status, STATUSES);
        Check.optional("review_id", reviewId);
        Check.optional("decision", decision);
        Check.atLeast("version", version, 0);
        Check.text("by", by);
        problems = Check.list("problems", problems);
        Check.when("at", at);
    }

    /** The status of a proposal that no review is about. */
    public static ProposalStatus byJob(
            RepairProposal proposal, String status, int version, String reason, Instant at) {
        return of(proposal, status, version, null, reason, at);
    }

    /** The status that a review gave a proposal. */
    public static ProposalStatus byReview(
            RepairProposal proposal, String status, int version, Review review, Instant at) {
        return of(proposal, status, version, review, review.reason(), at);
    }

    private static ProposalStatus of(
            RepairProposal proposal,
            String status,
            int version,
            Review review,
            String reason,
            Instant at) {
        return new ProposalStatus(
                id(proposal.tenant(), proposal.id(), status, ""),
                proposal.id(),
                proposal.tenant(),
                proposal.connection(),
                proposal.stream(),
                status,
                review == null ? null : review.id(),
                review == null ? null : review.decision(),
                version,
                review == null ? JOB : review.by(),
                reason,
                List.of(),
                at);
    }

    /**
     * The status of a merge candidate.
     *
     * @param review that gave it, or null
     * @param reason why, or null
     */
    public static ProposalStatus ofMerge(
            MergeCandidate candidate, String status, Review review, String reason, Instant at) {
        return new ProposalStatus(
                id(
                        candidate.tenant(),
                        candidate.id(),
                        status,
                        review == null ? candidate.at().toString() : review.id()),
                candidate.id(),
                candidate.tenant(),
                null,
                null,
                status,
                review == null ? null : review.id(),
                review == null ? null : review.decision(),
                0,
                review == null ? JOB : review.by(),
                reason,
                List.of(),
                at);
    }

    /**
     * A review that changed nothing.
     *
     * @param key the stream of the proposal, or null where it is unknown
     */
    public static ProposalStatus refused(
            ReviewRequest request, StreamKey key, List<Problem> problems, Instant at) {
        Review review = request.review();
        return new ProposalStatus(
                id(request.tenant(), request.proposalId(), REFUSED, request.reviewId()),
                request.proposalId(),
                request.tenant(),
                key == null ? null : key.connection(),
                key == null ? null : key.stream(),
                REFUSED,
                request.reviewId(),
                review == null ? null : review.decision(),
                0,
                review == null ? JOB : review.by(),
                review == null ? null : review.reason(),
                problems,
                at);
    }

    /** The deterministic id of a line. */
    private static String id(String tenant, String proposal, String status, String review) {
        String name = String.join("\n", tenant, proposal, status, review);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Whether it changed nothing. */
    public boolean refuses() {
        return REFUSED.equals(status);
    }
}
