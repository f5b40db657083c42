package io.autonomos.operators.materialize;

import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.types.Form;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Merges the records of each unified row and sends the row where it really changed.
 *
 * <p>Updates are gathered on the heap and merged before each checkpoint, after {@code
 * materialize.flush-interval}, or when {@code materialize.open-records} are gathered: a row that
 * changes a hundred times in between is read, merged, written and sent once. That also bounds what
 * a row of thousands of records costs, which is as much as it has records each time.
 *
 * <p>After a restart the sinks can know more of a row than its state does: they were told of
 * changes that came after the checkpoint, and the replay may gather those into one that ends where
 * the state began. So a row is sent the first time it is touched in a run, whatever was sent
 * before.
 *
 * <p>Keyed by {@link RowUpdate#rowKey}. State per row: its records and a hash of what was sent. It
 * ends with the last record, so it has no time to live.
 */
public final class RowMaterializer extends AbstractStreamOperator<ViewChange>
        implements OneInputStreamOperator<RowUpdate, ViewChange>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String ROW_STATE = "unified-row";

    private final MaterializeSettings settings;

    private transient ValueState<UnifiedRow> stored;
    private transient Map<String, RowMerger> mergers;
    private transient Map<String, OpenRow> open;
    private transient long openRecords;
    private transient long run;
    private transient ScheduledFuture<?> timer;
    private transient StreamRecord<ViewChange> reused;
    private transient MaterializeMetrics counts;

    /** A stage with these settings. */
    public RowMaterializer(MaterializeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        run = context.getRestoredCheckpointId().orElse(UnifiedRow.FIRST_RUN - attempt);
        stored =
                context.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        ROW_STATE, Form.typeOf(new UnifiedRow.Kept())));
    }

    @Override
    public void open() throws Exception {
        super.open();
        EntityModel model = EntityModel.shipped();
        Set<String> targets = VersionGuard.targets(model);
        mergers = new HashMap<>();
        for (EntitySchema entity : model.entities()) {
            mergers.put(
                    entity.name(),
                    new RowMerger(entity, targets.contains(entity.name()), settings.limits()));
        }
        open = new LinkedHashMap<>();
        reused = new StreamRecord<>(null);
        counts = new MaterializeMetrics();
        counts.registerRows(getMetricGroup());
    }

    /** The key is set only where state is touched. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processElement(StreamRecord<RowUpdate> element) throws Exception {
        RowUpdate update = element.getValue();
        String key = update.rowKey();
        OpenRow row = open.get(key);
        if (row == null) {
            setCurrentKey(key);
            UnifiedRow last = stored.value();
            row = new OpenRow(update, last == null ? UnifiedRow.NEW : last, run);
            open.put(key, row);
            openRecords += row.size();
        }
        row.apply(update);
        openRecords++;
        if (openRecords >= settings.openRecords()) {
            flush();
        } else if (timer == null) {
            long at = getProcessingTimeService().getCurrentProcessingTime();
            timer =
                    getProcessingTimeService()
                            .registerTimer(at + settings.flushInterval().toMillis(), this::onTimer);
        }
    }

    private void onTimer(long at) throws Exception {
        timer = null;
        flush();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
    }

    @Override
    public void endInput() throws Exception {
        flush();
    }

    private void flush() throws Exception {
        for (Map.Entry<String, OpenRow> each : open.entrySet()) {
            OpenRow row = each.getValue();
            ViewChange change = row.close(mergers.get(row.entity()));
            setCurrentKey(each.getKey());
            UnifiedRow kept = row.kept();
            if (kept == null) {
                stored.clear();
            } else {
                stored.update(kept);
            }
            if (change != null) {
                counts.add(change);
                output.collect(reused.replace(change, change.eventTime() / 1_000));
            }
        }
        open.clear();
        openRecords = 0;
    }
}
