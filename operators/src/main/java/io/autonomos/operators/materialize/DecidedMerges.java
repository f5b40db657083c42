package io.autonomos.operators.materialize;

import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.types.MessageType;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The rows that people decided to be part of others. A row stands for what its records say, so what
 * comes later with the same identity goes the same way.
 *
 * <p>Broadcast state: the last decision about each row. People make them, so they are few.
 */
final class DecidedMerges {

    // State names are part of the savepoint format: never rename one.
    static final String DECISIONS_STATE = "decided-merges";

    /** Ends what decisions from elsewhere could send round in a circle. */
    private static final int MOST_STEPS = 64;

    private final transient BroadcastState<String, MergeDecision> state;
    private final Map<String, String> into = new HashMap<>();

    /** What a restored task knew, or what it starts with. */
    DecidedMerges(MaterializeSettings settings, OperatorStateStore store) throws Exception {
        state =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                DECISIONS_STATE,
                                Types.STRING,
                                MessageType.of(MergeDecision.class)));
        settings.merges().forEach(this::take);
        for (Map.Entry<String, MergeDecision> each : state.entries()) {
            take(each.getValue());
        }
    }

    private void take(MergeDecision decision) {
        if (decision.into() == null) {
            into.remove(key(decision));
        } else {
            into.put(key(decision), decision.into());
        }
    }

    /** The row that a row is part of; mostly itself. */
    String row(String entity, String tenant, String row) {
        if (into.isEmpty()) {
            return row;
        }
        String last = row;
        for (int i = 0; i < MOST_STEPS; i++) {
            String next = into.get(Keys.of(entity, tenant, last));
            if (next == null) {
                return last;
            }
            last = next;
        }
        return last;
    }

    /** Takes a decision. */
    void add(MergeDecision decision) throws Exception {
        take(decision);
        state.put(key(decision), decision);
    }

    private static String key(MergeDecision decision) {
        return Keys.of(decision.entity(), decision.tenant(), decision.from());
    }
}
