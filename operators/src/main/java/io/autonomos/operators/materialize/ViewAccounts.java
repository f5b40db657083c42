package io.autonomos.operators.materialize;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.types.MessageType;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what the subtasks of {@link RecordVersions} counted, and draws the account of each stream
 * that changed before each checkpoint, so that the account a checkpoint commits is exact for it.
 *
 * <p>Keyed by stream. State per stream: its account.
 */
public final class ViewAccounts extends AbstractStreamOperator<ViewAccount>
        implements OneInputStreamOperator<ViewAccount, ViewAccount>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String ACCOUNT_STATE = "view-account";

    private final MaterializeSettings settings;

    private transient ValueState<ViewAccount> account;
    private transient Map<StreamKey, ViewAccount> changed;

    /** A stage with these settings. */
    public ViewAccounts(MaterializeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ValueStateDescriptor<ViewAccount> descriptor =
                new ValueStateDescriptor<>(ACCOUNT_STATE, MessageType.of(ViewAccount.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(settings.forgetAfter()).build());
        account = context.getKeyedStateStore().getState(descriptor);
        changed = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<ViewAccount> element) throws Exception {
        ViewAccount news = element.getValue();
        ViewAccount before = changed.get(news.key());
        before = before == null ? account.value() : before;
        changed.put(news.key(), before == null ? news : before.plus(news));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        draw();
    }

    @Override
    public void endInput() throws Exception {
        draw();
    }

    private void draw() throws Exception {
        for (Map.Entry<StreamKey, ViewAccount> each : changed.entrySet()) {
            setCurrentKey(each.getKey());
            account.update(each.getValue());
            output.collect(new StreamRecord<>(each.getValue()));
        }
        changed.clear();
    }
}
