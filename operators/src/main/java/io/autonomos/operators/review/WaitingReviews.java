package io.autonomos.operators.review;

import io.autonomos.schemas.messages.Review;
import java.time.Instant;
import java.util.List;

/**
 * Reviews of a proposal that has not come yet, in their order. Its JSON is part of the savepoint
 * format.
 */
public record WaitingReviews(List<Waiting> reviews) {

    /** A review and when it is refused. */
    public record Waiting(Review review, Instant due) {}

    boolean has(String id) {
        return reviews.stream().anyMatch(each -> each.review().id().equals(id));
    }
}
