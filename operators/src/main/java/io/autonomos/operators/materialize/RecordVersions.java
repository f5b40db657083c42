package io.autonomos.operators.materialize;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Lets the latest version of each source record through, by the source's own clock, and says which
 * unified row it joins or leaves. What it means for references goes to {@link #REFERENCES}; before
 * each checkpoint, what became of the events since the last one goes to {@link #ACCOUNTS}.
 *
 * <p>The second input goes to all tasks: the rules of tenants change, people decide that rows are
 * one, and records whose rows that concerns come back to find their rows anew.
 *
 * <p>Keyed by {@link Keys#record}. State per record: its latest version while it lives, without an
 * end; and for a while after it was deleted, so that older versions cannot bring it back.
 */
public final class RecordVersions extends AbstractStreamOperator<RowUpdate>
        implements TwoInputStreamOperator<CanonicalEvent, ViewSignal, RowUpdate>,
                BoundedMultiInput,
                VersionGuard.Changes {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<ReferenceUpdate> REFERENCES =
            new OutputTag<>("references", Form.typeOf(new ReferenceUpdate.Sent()));

    /** What became of the events since the last checkpoint, by stream. */
    public static final OutputTag<ViewAccount> ACCOUNTS =
            new OutputTag<>("view-accounts", MessageType.of(ViewAccount.class));

    // State names are part of the savepoint format: never rename one.
    static final String VERSION_STATE = "record-version";
    static final String DELETED_STATE = "deleted-record";

    private final MaterializeSettings settings;

    private transient ValueState<RecordVersion> latest;
    private transient ValueState<RecordVersion> deleted;
    private transient TenantRules<VersionGuard> guards;
    private transient DecidedMerges merges;
    private transient StagedRecords staged;
    private transient Map<StreamKey, StreamTally> tallies;
    private transient StreamTally last;
    private transient MaterializeMetrics counts;

    /** A stage with these settings. */
    public RecordVersions(MaterializeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        latest =
                context.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        VERSION_STATE, Form.typeOf(new RecordVersion.Kept())));
        ValueStateDescriptor<RecordVersion> gone =
                new ValueStateDescriptor<>(DELETED_STATE, Form.typeOf(new RecordVersion.Kept()));
        gone.enableTimeToLive(StateTtlConfig.newBuilder(settings.rememberDeleted()).build());
        deleted = context.getKeyedStateStore().getState(gone);
        staged = new StagedRecords(context.getKeyedStateStore(), getOperatorStateBackend());
        guards = new TenantRules<>(settings, getOperatorStateBackend(), VersionGuard::new);
        merges = new DecidedMerges(settings, getOperatorStateBackend());
    }

    @Override
    public void open() throws Exception {
        super.open();
        tallies = new HashMap<>();
        counts = new MaterializeMetrics();
        counts.registerVersions(getMetricGroup());
    }

    @Override
    public void processElement1(StreamRecord<CanonicalEvent> element) throws Exception {
        CanonicalEvent event = element.getValue();
        RecordVersion live = latest.value();
        RecordVersion before = live == null ? deleted.value() : live;
        RecordVersion.Order order =
                before == null ? RecordVersion.Order.NEWER : before.orderOf(event);
        tally(event).add(event, order);
        counts.add(order);
        switch (order) {
            case NEWER -> apply(event, live, before);
            case SAME -> repeat(event, live, before);
            case OLDER -> {}
        }
    }

    private void apply(CanonicalEvent event, RecordVersion live, RecordVersion before)
            throws Exception {
        VersionGuard guard = guards.of(event.key().tenant());
        RecordVersion after = version(guard, event);
        if (after.isGone()) {
            if (live != null) {
                latest.clear();
            }
            deleted.update(after);
        } else {
            if (live == null && before != null) {
                deleted.clear();
            }
            latest.update(after);
        }
        guard.tell(event, before, after, this);
    }

    private RecordVersion version(VersionGuard guard, CanonicalEvent event) {
        RecordVersion own = guard.version(event);
        return own.isGone()
                ? own
                : own.in(merges.row(event.entity(), event.key().tenant(), own.row()));
    }

    /** The later place counts, or the outcome would depend on which of the two came first. */
    private void repeat(CanonicalEvent event, RecordVersion live, RecordVersion before)
            throws Exception {
        if (event.position() > before.position()) {
            (live == null ? deleted : latest).update(before.seenAt(event.position()));
        }
    }

    /** The key is set only where state is touched. */
    @Override
    public boolean hasKeyContext2() {
        return false;
    }

    @Override
    public void processElement2(StreamRecord<ViewSignal> element) throws Exception {
        ViewSignal signal = element.getValue();
        if (signal.control() != null) {
            // Later events go by the new rules; earlier ones come back as moves.
            guards.add(signal.control());
        } else if (signal.merge() != null) {
            merges.add(signal.merge());
        } else {
            rebuild(signal.rebuild());
        }
    }

    private void rebuild(RebuildMessage message) throws Exception {
        if (message.record() == null) {
            staged.end(message, getKeyedStateBackend(), this::swap);
            return;
        }
        boolean moves = message.kind().equals(RebuildMessage.MOVE);
        if (!moves) {
            staged.count(message);
        }
        String key = RecordMessages.key(message);
        if (KeyRange.has(this, key)) {
            setCurrentKey(key);
            if (moves) {
                move(message);
            } else {
                staged.take(message);
            }
        }
    }

    /** What was staged takes the place of the live version, unless that came after it. */
    private void swap(StagedRecord record) throws Exception {
        EntitySchema entity = EntityModel.shipped().entity(record.entity());
        if (entity == null) {
            return;
        }
        RecordVersion live = latest.value();
        CanonicalEvent replaced =
                record.replaces() == null ? null : RecordMessages.event(record.replaces(), entity);
        boolean replaces =
                replaced != null && live != null && live.eventTime() == replaced.eventTime();
        if (record.message() == null) {
            if (replaces) {
                latest.clear();
                VersionGuard guard = guards.of(record.tenant());
                guard.tell(replaced, live, guard.version(replaced), this);
            }
            return;
        }
        CanonicalEvent event = RecordMessages.event(record.message(), entity);
        RecordVersion before = live == null ? deleted.value() : live;
        if (replaces
                || before == null
                || before.position() <= record.seen()
                || before.orderOf(event) == RecordVersion.Order.NEWER) {
            apply(event, live, before);
        }
    }

    /** Finds the row anew of a record whose latest version that is. */
    private void move(RebuildMessage message) throws Exception {
        RecordVersion live = latest.value();
        EntitySchema entity = EntityModel.shipped().entity(message.record().entity());
        if (live == null
                || entity == null
                || !RecordMessages.text(Contribution.versionOf(live.eventId()))
                        .equals(message.record().version())) {
            return;
        }
        CanonicalEvent event =
                RecordMessages.event(message, entity, live.eventId(), live.position());
        VersionGuard guard = guards.of(message.tenant());
        RecordVersion after = version(guard, event);
        if (!after.row().equals(live.row())) {
            latest.update(after);
            guard.tell(event, live, after, this);
        }
    }

    @Override
    public void row(RowUpdate update) {
        output.collect(new StreamRecord<>(update));
    }

    @Override
    public void reference(ReferenceUpdate update) {
        output.collect(REFERENCES, new StreamRecord<>(update));
    }

    private StreamTally tally(CanonicalEvent event) {
        if (last == null || !last.key().equals(event.key())) {
            last = tallies.computeIfAbsent(event.key(), StreamTally::new);
        }
        return last;
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        sendAccounts();
    }

    @Override
    public void endInput(int input) throws Exception {
        sendAccounts();
    }

    /** Forgets what it sent: the sums are kept where all records of a stream come together. */
    private void sendAccounts() {
        Instant at = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
        tallies.values()
                .forEach(each -> output.collect(ACCOUNTS, new StreamRecord<>(each.account(at))));
        tallies.clear();
        last = null;
    }
}
