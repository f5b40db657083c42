package io.autonomos.operators.materialize;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.types.Form;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What rebuilds say of records, beside the versions that are live, until a commit or an abort. A
 * tenant has one rebuild at a time: a new one takes the place of one that has not ended.
 *
 * <p>State: per record what is staged, for a day at most; and per tenant, the same in all tasks,
 * which rebuild it is and how many of its messages came.
 */
final class StagedRecords {

    // State names are part of the savepoint format: never rename one.
    static final String STAGED_STATE = "staged-record";
    static final String REBUILDS_STATE = "rebuilds";

    private static final Duration KEPT = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(StagedRecords.class);

    private final transient ValueState<StagedRecord> staged;

    /** By tenant the rebuild and its count, as {@code <count>/<rebuild>}. */
    private final transient BroadcastState<String, String> rebuilds;

    StagedRecords(KeyedStateStore keyed, OperatorStateStore tasks) throws Exception {
        ValueStateDescriptor<StagedRecord> descriptor =
                new ValueStateDescriptor<>(STAGED_STATE, Form.typeOf(new StagedRecord.Kept()));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(KEPT).build());
        staged = keyed.getState(descriptor);
        rebuilds =
                tasks.getBroadcastState(
                        new MapStateDescriptor<>(REBUILDS_STATE, Types.STRING, Types.STRING));
    }

    /** Counts a message; all tasks see all of them. */
    void count(RebuildMessage message) throws Exception {
        long count = countOf(message) + 1;
        rebuilds.put(message.tenant(), count + "/" + message.rebuild());
    }

    /** How many messages of its rebuild came before; 0 where another one is under way. */
    private long countOf(RebuildMessage message) throws Exception {
        String known = rebuilds.get(message.tenant());
        int slash = known == null ? -1 : known.indexOf('/');
        return known != null && known.substring(slash + 1).equals(message.rebuild())
                ? Long.parseLong(known.substring(0, slash))
                : 0;
    }

    /** Takes what is said of the current key's record. */
    void take(RebuildMessage message) throws Exception {
        StagedRecord before = staged.value();
        staged.update(
                before == null || !before.isOf(message.rebuild())
                        ? StagedRecord.of(message)
                        : before.with(message));
    }

    /** Applies what is staged for the current key. */
    interface Applied {
        void apply(StagedRecord record) throws Exception;
    }

    /**
     * Ends a rebuild: with a commit whose messages are all there, all that is staged is applied.
     *
     * @param backend of the task that has these
     */
    void end(RebuildMessage end, KeyedStateBackend<String> backend, Applied applied)
            throws Exception {
        boolean commits = end.kind().equals(RebuildMessage.COMMIT);
        long count = countOf(end);
        if (commits && end.count() != count) {
            LOG.warn(
                    "{}: a rebuild has {} messages of {}; nothing is swapped. {}",
                    ErrorCode.REBUILD_INCOMPLETE.code(),
                    count,
                    end.count(),
                    ErrorCode.REBUILD_INCOMPLETE.remedy());
            commits = false;
        }
        for (String key : keys(end.tenant(), backend)) {
            backend.setCurrentKey(key);
            StagedRecord record = staged.value();
            if (record != null && record.isOf(end.rebuild())) {
                staged.clear();
                if (commits) {
                    applied.apply(record);
                }
            }
        }
        if (count > 0) {
            rebuilds.remove(end.tenant());
        }
    }

    private static List<String> keys(String tenant, KeyedStateBackend<String> backend) {
        try (Stream<String> keys = backend.getKeys(STAGED_STATE, VoidNamespace.INSTANCE)) {
            return keys.filter(key -> Keys.tenant(key).equals(tenant)).toList();
        }
    }
}
