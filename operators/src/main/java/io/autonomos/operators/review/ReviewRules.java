package io.autonomos.operators.review;

import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.registry.VersionGate;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.MappingVerdict.Problem;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Review;
import java.util.List;

/** Decides what a review does to a proposal. */
final class ReviewRules {

    private ReviewRules() {}

    /**
     * What a review does.
     *
     * @param status the proposal's new status; null where the review is refused
     * @param version what takes effect, or null
     * @param problems why it is refused; else none
     */
    record Outcome(String status, MappingVersion version, List<Problem> problems) {}

    /** The number of the version that a proposal proposes; 0 where its mapping is unusable. */
    static int candidate(RepairProposal proposal) {
        try {
            return VersionGate.compile(version(proposal, 1, proposal.mapping(), null))
                    .plan()
                    .version();
        } catch (MappingException e) {
            return 0;
        }
    }

    /**
     * What the review does.
     *
     * @param applied the highest number that a proposal of the stream got
     * @param siblings what else of the same drift waits for a person
     */
    static Outcome decide(
            ReviewCase proposed, Review review, int applied, List<ReviewCase> siblings) {
        if (!proposed.isPending()) {
            return refused(closed(proposed));
        }
        for (ReviewCase other : siblings) {
            if (review.decision().equals(Review.APPROVE) && proposed.buildsOn(other)) {
                return refused(
                        problem(
                                ErrorCode.PROPOSAL_ORDER,
                                proposed.id(),
                                ", which is " + other.id()));
            }
        }
        RepairProposal proposal = proposed.proposal();
        return switch (review.decision()) {
            case Review.REJECT -> new Outcome(ProposalStatus.REJECTED, null, List.of());
            case Review.EDIT -> {
                int next = Math.max(applied, proposed.base()) + 1;
                int number = Math.max(next, proposed.candidate());
                yield taken(
                        ProposalStatus.EDITED, version(proposal, number, review.mapping(), review));
            }
            default ->
                    proposed.hasCandidate()
                            ? taken(
                                    ProposalStatus.APPROVED,
                                    version(
                                            proposal,
                                            proposed.candidate(),
                                            proposal.mapping(),
                                            review))
                            : refused(problem(ErrorCode.PROPOSAL_EMPTY, proposal.id(), ""));
        };
    }

    private static Outcome taken(String status, MappingVersion version) {
        List<Problem> problems = VersionGate.decide(RegistryMessage.of(version), null).problems();
        return problems.isEmpty()
                ? new Outcome(status, version, List.of())
                : new Outcome(null, null, problems);
    }

    private static Outcome refused(Problem problem) {
        return new Outcome(null, null, List.of(problem));
    }

    private static Problem closed(ReviewCase proposed) {
        return switch (proposed.status()) {
            case ProposalStatus.EXPIRED -> problem(ErrorCode.PROPOSAL_EXPIRED, proposed.id(), "");
            case ProposalStatus.SUPERSEDED ->
                    problem(ErrorCode.PROPOSAL_SUPERSEDED, proposed.id(), "");
            default ->
                    problem(
                            ErrorCode.PROPOSAL_DECIDED,
                            proposed.id(),
                            ": it is %s by %s".formatted(proposed.status(), proposed.by()));
        };
    }

    static Problem unknown(String proposal) {
        return problem(ErrorCode.PROPOSAL_UNKNOWN, proposal, "");
    }

    static Problem problem(ErrorCode code, String proposal, String more) {
        String what = code.summary().replaceAll("\\.$", "");
        return new Problem(
                code.code(),
                0,
                0,
                "proposal %s: %s%s.".formatted(proposal, what, more),
                code.remedy());
    }

    /** Says the same each time it is made of the same review. */
    private static MappingVersion version(
            RepairProposal proposal, int number, String mapping, Review review) {
        return new MappingVersion(
                proposal.tenant(),
                proposal.connection(),
                proposal.source(),
                proposal.stream(),
                number,
                mapping,
                MappingVersion.REPAIR,
                proposal.id(),
                proposal.confidence(),
                review == null ? ProposalStatus.JOB : review.by(),
                review == null ? null : review.reason(),
                review == null ? proposal.at() : review.at());
    }
}
