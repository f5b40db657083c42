package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.mappings.registry.VersionGate.Decision;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RegistryReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Translates each raw record of a stream to canonical events, in order. What cannot be translated
 * goes to {@link #DEAD_LETTERS}. Before each checkpoint the accounts that changed go to {@link
 * #LEDGER}, so the ledger that a checkpoint commits is exact for that checkpoint.
 *
 * <p>The second input is the registry: mapping versions, beside the records of their streams. A
 * version that is accepted takes effect for the next record of its stream, and the answer goes to
 * {@link #VERDICTS}. A stream without a version of its own goes by the shipped mappings.
 *
 * <p>A record that has lost a mapped field waits, with all later records of its id, until its
 * mapping is mended; the detecting stage is told by {@link #OBSERVATIONS}.
 *
 * <p>State per {@link StreamKey}: what {@link StreamAccounts}, {@link StreamMappings} and {@link
 * ParkedRecords} list. It is read when a stream is first seen by a task, and written when a version
 * comes, when records wait, and before a checkpoint where the account changed; a record that passes
 * touches only the heap. That is why this is an operator and not a keyed function, which would set
 * the key for each record.
 */
public final class Canonicalizer extends AbstractStreamOperator<CanonicalEvent>
        implements TwoInputStreamOperator<RawRecord, RegistryMessage, CanonicalEvent>,
                BoundedMultiInput,
                Triggerable<StreamKey, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    public static final OutputTag<LedgerEntry> LEDGER =
            new OutputTag<>("ledger", TypeInformation.of(LedgerEntry.class));
    public static final OutputTag<RegistryMessage> VERDICTS =
            new OutputTag<>("verdicts", TypeInformation.of(RegistryMessage.class));
    public static final OutputTag<Observation> OBSERVATIONS =
            new OutputTag<>("observations", TypeInformation.of(Observation.class));

    // Timer names are part of the savepoint format: never rename one.
    private static final String TIMERS = "parked";

    private final CanonicalizeSettings settings;
    private final RegistryReader registry;

    private transient StreamMappings mappings;
    private transient StreamAccounts accounts;
    private transient ParkedRecords parkedRecords;
    private transient Parking parking;
    private transient RecordFlow flow;
    private transient boolean restored;
    private transient int ended;
    private transient List<RegistryMessage> unsent;
    private transient Translator translator;
    private transient CanonicalizeMetrics counts;

    /**
     * A stage with these settings.
     *
     * @param registry read once where the job starts without state
     */
    public Canonicalizer(CanonicalizeSettings settings, RegistryReader registry) {
        this.settings = settings;
        this.registry = registry;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        KeyedStateStore state = context.getKeyedStateStore();
        mappings = new StreamMappings(state);
        accounts = new StreamAccounts(settings, state, mappings, this);
        parkedRecords = new ParkedRecords(state);
        restored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        translator =
                new Translator(
                        new ScanLimits(
                                settings.maxRecordBytes(),
                                settings.maxDepth(),
                                settings.maxFields(),
                                settings.maxPaths()),
                        settings.maxEventBytes());
        counts = new CanonicalizeMetrics();
        counts.register(getMetricGroup(), accounts::size);
        unsent = new ArrayList<>();
        HoldSettings hold = settings.hold();
        SampleBudget budget = new SampleBudget(hold.samplesPerSecond());
        DriftGuard guard = new DriftGuard(mappings, translator, budget);
        flow = new RecordFlow(hold, accounts, translator, guard, this, this::now, output, counts);
        parking =
                new Parking(
                        hold,
                        parkedRecords,
                        getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this),
                        flow);
        flow.parkIn(parking);
        if (!restored) {
            readRegistry();
        }
    }

    /** Later messages come by the second input; a restored task has these in its state. */
    private void readRegistry() throws Exception {
        RegistryBook book = new RegistryBook(this::isOwn);
        registry.read(book::add);
        for (StreamKey key : book.streams()) {
            setCurrentKey(key);
            RegistryBook.Standing standing = book.standing(key);
            mappings.begin(standing);
            standing.decisions().forEach(decision -> unsent.add(answer(decision)));
        }
    }

    private boolean isOwn(StreamKey key) {
        CheckpointableKeyedStateBackend<?> backend =
                (CheckpointableKeyedStateBackend<?>) (KeyedStateBackend<?>) getKeyedStateBackend();
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int group =
                KeyGroupRangeAssignment.assignToKeyGroup(
                        key, task.getMaxNumberOfParallelSubtasks());
        return backend.getKeyGroupRange().contains(group);
    }

    /** The key is set only where state is touched. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processElement2(StreamRecord<RegistryMessage> element) throws Exception {
        RegistryMessage message = element.getValue();
        if (mappings.isDecided(message)) {
            return;
        }
        sendVerdicts();
        RegistryMessage before = mappings.inEffect();
        Decision decision = mappings.decide(message);
        counts.decided(decision);
        if (decision.takesEffect()) {
            takeEffect(message.key());
        } else if (before != null && Arrays.equals(before.messageKey(), message.messageKey())) {
            // The message took the place of the version in effect on the topic: put it back.
            output.collect(VERDICTS, new StreamRecord<>(before.again()));
        }
        output.collect(VERDICTS, new StreamRecord<>(answer(decision)));
    }

    private RegistryMessage answer(Decision decision) {
        return RegistryMessage.of(decision.verdict(Instant.ofEpochMilli(now())));
    }

    private void sendVerdicts() {
        unsent.forEach(each -> output.collect(VERDICTS, new StreamRecord<>(each)));
        unsent.clear();
    }

    private void takeEffect(StreamKey key) throws Exception {
        StreamAccount account = accounts.known(key);
        if (account != null) {
            accounts.useInEffect(account, translator);
            if (account.hold() != null) {
                parking.mended(account);
            }
        } else if (!parkedRecords.isEmpty()) {
            accounts.of(key, parking);
        }
    }

    @Override
    public void processElement1(StreamRecord<RawRecord> element) throws Exception {
        flow.take(element.getValue());
    }

    @Override
    public void onEventTime(InternalTimer<StreamKey, VoidNamespace> timer) {
        // Only processing time is used.
    }

    @Override
    public void onProcessingTime(InternalTimer<StreamKey, VoidNamespace> timer) throws Exception {
        StreamAccount account = accounts.of(timer.getKey(), parking);
        setCurrentKey(timer.getKey());
        parking.wake(account, now());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        sendVerdicts();
        drawLedger();
    }

    @Override
    public void endInput(int input) throws Exception {
        if (++ended == 2) {
            for (StreamAccount account : accounts.holding()) {
                setCurrentKey(account.key());
                parking.end(account);
            }
        }
        sendVerdicts();
        drawLedger();
    }

    private void drawLedger() throws Exception {
        accounts.draw(now(), entry -> output.collect(LEDGER, new StreamRecord<>(entry)));
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}
