package io.autonomos.operators.materialize;

import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.MessageType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

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
 * <p>The second input tells tenants' settings and people's decisions about rows to all tasks. Where
 * settings change the rules of a tenant, its rows are merged again; records that belong to other
 * rows now are sent to {@link #MOVES}.
 *
 * <p>Keyed by {@link RowUpdate#rowKey}. State per row: its records and a hash of what was sent. It
 * ends with the last record, so it has no time to live.
 */
public final class RowMaterializer extends AbstractStreamOperator<ViewChange>
        implements TwoInputStreamOperator<RowUpdate, ViewSignal, ViewChange>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String ROW_STATE = "unified-row";

    static final String SWEPT_STATE = "swept-tenants";

    /** Records that belong to another row by rules that changed. */
    public static final OutputTag<RebuildMessage> MOVES =
            new OutputTag<>("moves", MessageType.of(RebuildMessage.class));

    private final MaterializeSettings settings;

    private transient ValueState<UnifiedRow> stored;
    private transient ListState<String> swept;
    private transient TenantRules<RowRules> rules;
    private transient DecidedMerges merges;
    private transient RowSweep sweep;

    /** Whose rules changed since the last checkpoint: some records may come by the old ones. */
    private transient List<Predicate<String>> changed;

    private transient Map<String, OpenRow> open;
    private transient long openRecords;
    private transient long run;
    private transient ScheduledFuture<?> timer;
    private transient ScheduledFuture<?> sweepTimer;
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
        OperatorStateStore tasks = getOperatorStateBackend();
        swept = tasks.getUnionListState(new ListStateDescriptor<>(SWEPT_STATE, Types.STRING));
        rules = new TenantRules<>(settings, tasks, model -> new RowRules(model, settings.limits()));
        merges = new DecidedMerges(settings, tasks);
    }

    @Override
    public void open() throws Exception {
        super.open();
        sweep = new RowSweep();
        changed = new ArrayList<>();
        open = new LinkedHashMap<>();
        reused = new StreamRecord<>(null);
        counts = new MaterializeMetrics();
        counts.registerRows(getMetricGroup());
        Set<String> unfinished = new HashSet<>();
        swept.get().forEach(unfinished::add);
        if (!unfinished.isEmpty()) {
            sweep(unfinished::contains);
        }
    }

    /** The key is set only where state is touched. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processElement1(StreamRecord<RowUpdate> element) throws Exception {
        RowUpdate update = element.getValue();
        String key = update.rowKey();
        OpenRow row = open.get(key);
        if (row == null) {
            setCurrentKey(key);
            UnifiedRow last = stored.value();
            row = new OpenRow(key, last == null ? UnifiedRow.NEW : last, run);
            open.put(key, row);
            openRecords += row.size();
        }
        row.apply(update);
        if (!changed.isEmpty() && update.contribution() != null && isChanged(update)) {
            findAnew(key, update.contribution());
        }
        openRecords++;
        if (openRecords >= settings.openRecords()) {
            flush();
        } else if (timer == null) {
            timer = timer(settings.flushInterval().toMillis(), this::onTimer);
        }
    }

    private boolean isChanged(RowUpdate update) {
        String tenant = update.key().tenant();
        return changed.stream().anyMatch(each -> each.test(tenant));
    }

    private void onTimer(long at) throws Exception {
        timer = null;
        flush();
    }

    private ScheduledFuture<?> timer(long afterMillis, ProcessingTimeCallback target) {
        long at = getProcessingTimeService().getCurrentProcessingTime();
        return getProcessingTimeService().registerTimer(at + afterMillis, target);
    }

    /** The settings go to all tasks. */
    @Override
    public boolean hasKeyContext2() {
        return false;
    }

    @Override
    public void processElement2(StreamRecord<ViewSignal> element) throws Exception {
        ViewSignal signal = element.getValue();
        if (signal.merge() != null) {
            decide(signal.merge());
        } else if (signal.control() != null) {
            Predicate<String> tenants = rules.add(signal.control());
            changed.add(tenants);
            sweep(tenants);
        }
    }

    /** The records concerned are all in the row that theirs was part of until now. */
    private void decide(MergeDecision decision) throws Exception {
        String tenant = decision.tenant();
        String before = merges.row(decision.entity(), tenant, decision.from());
        merges.add(decision);
        changed.add(tenant::equals);
        flush();
        String key = Keys.of(decision.entity(), tenant, before);
        if (KeyRange.has(this, key)) {
            visit(key);
        }
    }

    /** All rows are looked at again, in parts; those that are open must be in the state first. */
    private void sweep(Predicate<String> tenants) throws Exception {
        flush();
        try (Stream<String> keys =
                this.<String>getKeyedStateBackend().getKeys(ROW_STATE, VoidNamespace.INSTANCE)) {
            sweep.add(keys, tenants);
        }
        if (sweepTimer == null && !sweep.isEmpty()) {
            sweepTimer = timer(1, this::sweepOn);
        }
    }

    private void sweepOn(long at) throws Exception {
        flush();
        sweep.part(this::visit);
        sweepTimer = sweep.isEmpty() ? null : timer(1, this::sweepOn);
    }

    private void visit(String key) throws Exception {
        setCurrentKey(key);
        UnifiedRow last = stored.value();
        if (last == null) {
            return;
        }
        for (Member each : last.members()) {
            if (each.contribution() != null) {
                findAnew(key, each.contribution());
            }
        }
        close(new OpenRow(key, last, run));
    }

    /** Sends the record off where by the rules in force it belongs to another row. */
    private void findAnew(String key, Contribution said) {
        RowRules own = rules.of(said.key().tenant());
        String entity = Keys.entity(key);
        String row = own.identity(entity).row(said, said.key(), said.recordId());
        if (!merges.row(entity, said.key().tenant(), row).equals(Keys.row(key))) {
            RebuildMessage move = RecordMessages.move(own.entity(entity), said);
            output.collect(MOVES, new StreamRecord<>(move));
        }
    }

    /**
     * The barrier comes after all records that were told apart by rules that have changed: the
     * settings go to all tasks between the same two barriers.
     */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        changed.clear();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        swept.update(List.copyOf(sweep.tenants()));
    }

    @Override
    public void endInput(int input) throws Exception {
        flush();
        while (!sweep.isEmpty()) {
            sweep.part(this::visit);
        }
    }

    private void flush() throws Exception {
        for (Map.Entry<String, OpenRow> each : open.entrySet()) {
            setCurrentKey(each.getKey());
            close(each.getValue());
        }
        open.clear();
        openRecords = 0;
    }

    private void close(OpenRow row) throws Exception {
        ViewChange change = row.close(rules.of(row.tenant()).merger(row.entity()));
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
}
