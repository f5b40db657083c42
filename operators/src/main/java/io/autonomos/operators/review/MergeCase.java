package io.autonomos.operators.review;

import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.ProposalStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A merge candidate and what became of it. Its JSON is part of the savepoint format.
 *
 * @param reviews ids of the last reviews that were answered
 * @param by who decided, or null
 */
public record MergeCase(MergeCandidate candidate, String status, String by, List<String> reviews) {

    private static final int MOST_REVIEWS = 100;

    static MergeCase of(MergeCandidate candidate) {
        return new MergeCase(candidate, ProposalStatus.PENDING, null, List.of());
    }

    /** What was decided about a pair before; what makes them alike is not known. */
    static MergeCase of(MergeDecision decided) {
        MergeCandidate candidate =
                new MergeCandidate(
                        decided.candidateId(),
                        decided.tenant(),
                        decided.entity(),
                        decided.from(),
                        decided.other(),
                        List.of(),
                        List.of(),
                        decided.at());
        return of(candidate).rejected(decided.by());
    }

    /** The case as another job's decision leaves it. */
    MergeCase rejected(String decider) {
        return new MergeCase(candidate, ProposalStatus.REJECTED, decider, reviews);
    }

    /** Whether another job's rejection is all that is known. */
    boolean isRemembered() {
        return ProposalStatus.REJECTED.equals(status) && reviews.isEmpty();
    }

    boolean isWaiting() {
        return ProposalStatus.PENDING.equals(status);
    }

    boolean knows(String review) {
        return reviews.contains(review);
    }

    /** The case with one more rule, or without it. */
    MergeCase with(String rule, boolean gone) {
        TreeSet<String> rules = new TreeSet<>(candidate.rules());
        if (gone) {
            rules.remove(rule);
        } else {
            rules.add(rule);
        }
        return new MergeCase(candidate.by(List.copyOf(rules)), status, by, reviews);
    }

    /** The case after a review. */
    MergeCase decided(String next, String decider, String review) {
        List<String> answered = new ArrayList<>(reviews);
        answered.add(review);
        int first = Math.max(0, answered.size() - MOST_REVIEWS);
        return new MergeCase(candidate, next, decider, answered.subList(first, answered.size()));
    }
}
