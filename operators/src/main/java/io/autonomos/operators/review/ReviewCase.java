package io.autonomos.operators.review;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A proposal and what became of it. Its JSON is part of the savepoint format.
 *
 * @param proposal null once it is decided
 * @param candidate the number of the version that it proposes; not above {@code base} where it has
 *     none
 * @param by who decided, or null
 * @param reviews ids of the reviews that were answered, oldest first
 * @param due when it expires, or is forgotten
 */
public record ReviewCase(
        String id,
        String connection,
        String stream,
        String drift,
        int base,
        int candidate,
        Instant at,
        String status,
        String by,
        List<String> reviews,
        Instant due,
        RepairProposal proposal) {

    private static final int MOST_REVIEWS = 100;

    static ReviewCase of(RepairProposal proposal, int candidate) {
        return new ReviewCase(
                proposal.id(),
                proposal.connection(),
                proposal.stream(),
                proposal.driftId(),
                proposal.baseMappingVersion(),
                candidate,
                proposal.at(),
                ProposalStatus.PENDING,
                null,
                List.of(),
                proposal.expiresAt(),
                proposal);
    }

    StreamKey key(String tenant) {
        return new StreamKey(tenant, connection, stream);
    }

    boolean isPending() {
        return ProposalStatus.PENDING.equals(status);
    }

    /** Whether a proposal that is made again at that time is open again. */
    boolean isSupersededBefore(Instant again) {
        return ProposalStatus.SUPERSEDED.equals(status) && again.isAfter(at);
    }

    /**
     * Above 0 where it is newer than one that was made for that version of the mapping at that
     * time: for a later version, or later for the same; below 0 where it is older.
     */
    int compareAge(int otherBase, Instant otherAt) {
        return base == otherBase ? at.compareTo(otherAt) : base - otherBase;
    }

    boolean hasCandidate() {
        return candidate > base;
    }

    /** Whether its candidate holds the other's changes as well: each is made on the one before. */
    boolean buildsOn(ReviewCase other) {
        return hasCandidate() && other.hasCandidate() && candidate > other.candidate;
    }

    /** The same, which can be edited only. */
    ReviewCase withoutCandidate() {
        return with(0, at, reviews);
    }

    boolean knows(String review) {
        return reviews.contains(review);
    }

    /** The same with a review that is answered. */
    ReviewCase answered(String review) {
        List<String> all = new ArrayList<>(reviews);
        all.add(review);
        return with(candidate, at, all.subList(Math.max(0, all.size() - MOST_REVIEWS), all.size()));
    }

    /** The same, made again then. */
    ReviewCase madeAgain(Instant then) {
        return with(candidate, then, reviews);
    }

    private ReviewCase with(int newCandidate, Instant then, List<String> answered) {
        return new ReviewCase(
                id,
                connection,
                stream,
                drift,
                base,
                newCandidate,
                then,
                status,
                by,
                answered,
                due,
                proposal);
    }

    /** The same, decided. */
    ReviewCase closed(String newStatus, String decidedBy, Instant forgetAt) {
        return new ReviewCase(
                id,
                connection,
                stream,
                drift,
                base,
                candidate,
                at,
                newStatus,
                decidedBy,
                reviews,
                forgetAt,
                null);
    }
}
