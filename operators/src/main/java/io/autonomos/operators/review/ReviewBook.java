package io.autonomos.operators.review;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The state of a tenant's proposals. All methods concern the current key.
 *
 * <p>Cases by proposal id, the proposals of each stream, reviews that wait for their proposal and
 * how many they are, and what is due when. Timers clear each entry, so none has a time to live.
 */
final class ReviewBook {

    // State names are part of the savepoint format: never rename one.
    static final String CASES_STATE = "cases";
    static final String STREAMS_STATE = "streams";
    static final String WAITING_STATE = "waiting-reviews";
    static final String WAITING_COUNT_STATE = "waiting-reviews-count";
    static final String DUE_STATE = "due";

    private static final int MOST_WAITING = 1_000;

    private final transient MapState<String, ReviewCase> cases;
    private final transient MapState<String, StreamCases> streams;
    private final transient MapState<String, WaitingReviews> waiting;
    private final transient ValueState<Integer> waitingCount;
    private final transient MapState<Long, List<String>> due;

    ReviewBook(KeyedStateStore state) {
        cases = state.getMapState(byText(CASES_STATE, MessageType.of(ReviewCase.class)));
        streams = state.getMapState(byText(STREAMS_STATE, MessageType.of(StreamCases.class)));
        waiting = state.getMapState(byText(WAITING_STATE, MessageType.of(WaitingReviews.class)));
        waitingCount = state.getState(new ValueStateDescriptor<>(WAITING_COUNT_STATE, Types.INT));
        due =
                state.getMapState(
                        new MapStateDescriptor<>(DUE_STATE, Types.LONG, Types.LIST(Types.STRING)));
    }

    private static <T> MapStateDescriptor<String, T> byText(String name, TypeInformation<T> type) {
        return new MapStateDescriptor<>(name, Types.STRING, type);
    }

    /** The case of a proposal, or null. */
    ReviewCase find(String proposal) throws Exception {
        return cases.get(proposal);
    }

    void put(ReviewCase proposed) throws Exception {
        cases.put(proposed.id(), proposed);
    }

    void remove(String tenant, ReviewCase proposed) throws Exception {
        cases.remove(proposed.id());
        StreamKey key = proposed.key(tenant);
        StreamCases left = stream(key).without(proposed.id());
        if (left.all().isEmpty()) {
            streams.remove(key.path());
        } else {
            put(key, left);
        }
    }

    /** The other proposals of the same drift that wait for a person. */
    List<ReviewCase> siblings(String tenant, ReviewCase proposed) throws Exception {
        List<ReviewCase> found = new ArrayList<>();
        for (String id : stream(proposed.key(tenant)).pending()) {
            ReviewCase other = find(id);
            if (!id.equals(proposed.id()) && other.drift().equals(proposed.drift())) {
                found.add(other);
            }
        }
        return found;
    }

    StreamCases stream(StreamKey key) throws Exception {
        StreamCases found = streams.get(key.path());
        return found == null ? StreamCases.none() : found;
    }

    void put(StreamKey key, StreamCases ofStream) throws Exception {
        streams.put(key.path(), ofStream);
    }

    /**
     * Keeps a review until its proposal comes.
     *
     * @return false where too many wait
     */
    boolean await(Review review, Instant until) throws Exception {
        WaitingReviews others = waiting(review.proposalId());
        if (others.has(review.id())) {
            return true;
        }
        int count = waitingCount();
        if (count >= MOST_WAITING) {
            return false;
        }
        List<WaitingReviews.Waiting> all = new ArrayList<>(others.reviews());
        all.add(new WaitingReviews.Waiting(review, until));
        waiting.put(review.proposalId(), new WaitingReviews(all));
        waitingCount.update(count + 1);
        return true;
    }

    /** Takes out the reviews of a proposal that wait until then or less long, in their order. */
    List<Review> takeWaiting(String proposal, Instant until) throws Exception {
        List<WaitingReviews.Waiting> taken = new ArrayList<>();
        List<WaitingReviews.Waiting> left = new ArrayList<>();
        for (WaitingReviews.Waiting each : waiting(proposal).reviews()) {
            (each.due().isAfter(until) ? left : taken).add(each);
        }
        if (taken.isEmpty()) {
            return List.of();
        }
        if (left.isEmpty()) {
            waiting.remove(proposal);
        } else {
            waiting.put(proposal, new WaitingReviews(left));
        }
        int count = waitingCount() - taken.size();
        if (count == 0) {
            waitingCount.clear();
        } else {
            waitingCount.update(count);
        }
        return taken.stream().map(WaitingReviews.Waiting::review).toList();
    }

    private WaitingReviews waiting(String proposal) throws Exception {
        WaitingReviews found = waiting.get(proposal);
        return found == null ? new WaitingReviews(List.of()) : found;
    }

    private int waitingCount() throws Exception {
        Integer count = waitingCount.value();
        return count == null ? 0 : count;
    }

    /** Notes that something about the proposal is due. */
    void remind(long time, String proposal) throws Exception {
        List<String> others = due.get(time);
        List<String> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
        if (!all.contains(proposal)) {
            all.add(proposal);
            due.put(time, all);
        }
    }

    /** Takes out the proposals of which something is due at this time. */
    List<String> takeDue(long time) throws Exception {
        List<String> found = due.get(time);
        if (found == null) {
            return List.of();
        }
        due.remove(time);
        return found;
    }
}
