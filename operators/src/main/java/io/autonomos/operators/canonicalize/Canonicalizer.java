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
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MappingInEffect;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RegistryReader;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractInput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Translates each raw record of a stream to canonical events, in order. What cannot be translated
 * goes to {@link #DEAD_LETTERS}. Before each checkpoint the accounts that changed go to {@link
 * #LEDGER}, so the ledger that a checkpoint commits is exact for that checkpoint; {@link #MAPPINGS}
 * gets how streams are translated that are translated otherwise than before.
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
public final class Canonicalizer extends AbstractStreamOperatorV2<CanonicalEvent>
        implements MultipleInputStreamOperator<CanonicalEvent>,
                BoundedMultiInput,
                KeyContext,
                Triggerable<StreamKey, VoidNamespace> {

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    public static final OutputTag<LedgerEntry> LEDGER =
            new OutputTag<>("ledger", TypeInformation.of(LedgerEntry.class));
    public static final OutputTag<RegistryMessage> VERDICTS =
            new OutputTag<>("verdicts", TypeInformation.of(RegistryMessage.class));
    public static final OutputTag<Observation> OBSERVATIONS =
            new OutputTag<>("observations", TypeInformation.of(Observation.class));

    /** How a stream's records are translated from now on, once for each stream and change. */
    public static final OutputTag<MappingInEffect> MAPPINGS =
            new OutputTag<>("mappings-in-effect", MessageType.of(MappingInEffect.class));

    // Timer names are part of the savepoint format: never rename one.
    private static final String TIMERS = "parked";

    private static final int INPUTS = 3;

    private final CanonicalizeSettings settings;
    private final RegistryReader registry;
    private final List<RegistryMessage> unsent = new ArrayList<>();
    private final CanonicalizeMetrics counts = new CanonicalizeMetrics();

    private StreamMappings mappings;
    private StreamAccounts accounts;
    private ParkedRecords parkedRecords;
    private TenantControls controls;
    private Parking parking;
    private RecordFlow flow;
    private Translator translator;
    private boolean restored;
    private int ended;

    Canonicalizer(
            CanonicalizeSettings settings,
            RegistryReader registry,
            StreamOperatorParameters<CanonicalEvent> parameters) {
        super(parameters, INPUTS);
        this.settings = settings;
        this.registry = registry;
    }

    /** Makes the stage's operators. */
    public static final class Factory extends AbstractStreamOperatorFactory<CanonicalEvent> {

        private static final long serialVersionUID = 1L;

        private final CanonicalizeSettings settings;
        private final RegistryReader registry;

        /**
         * A stage with these settings.
         *
         * @param registry read once where the job starts without state
         */
        public Factory(CanonicalizeSettings settings, RegistryReader registry) {
            this.settings = settings;
            this.registry = registry;
            setChainingStrategy(ChainingStrategy.HEAD);
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
        public <T extends StreamOperator<CanonicalEvent>> T createStreamOperator(
                StreamOperatorParameters<CanonicalEvent> parameters) {
            return (T) new Canonicalizer(settings, registry, parameters);
        }

        @Override
        @SuppressWarnings("rawtypes") // Flink's signature
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return Canonicalizer.class;
        }
    }

    /** Raw records, the registry, and the control topic, in this order. */
    @Override
    @SuppressWarnings("rawtypes") // Flink's signature
    public List<Input> getInputs() {
        return List.of(
                new SimpleInput<RawRecord>(this, 1, false, record -> flow.take(record)),
                new SimpleInput<>(this, 2, true, this::decide),
                new SimpleInput<>(this, INPUTS, false, this::control));
    }

    private interface Taker<T> {
        void take(T value) throws Exception;
    }

    /** An input that hands its values on. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // as Flink's own type declares it
    private static final class SimpleInput<T> extends AbstractInput<T, CanonicalEvent> {

        private final boolean keyed;
        private final Taker<T> taker;

        /**
         * @param keyed whether Flink sets the key for each value
         */
        SimpleInput(Canonicalizer owner, int number, boolean keyed, Taker<T> taker) {
            super(owner, number);
            this.keyed = keyed;
            this.taker = taker;
        }

        @Override
        public boolean hasKeyContext() {
            return keyed;
        }

        @Override
        public void setKeyContextElement(StreamRecord record) throws Exception {
            if (keyed) {
                super.setKeyContextElement(record);
            }
        }

        @Override
        public void processElement(StreamRecord<T> element) throws Exception {
            taker.take(element.getValue());
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        KeyedStateStore state = context.getKeyedStateStore();
        controls = new TenantControls(settings, getOperatorStateBackend());
        mappings = new StreamMappings(state);
        accounts = new StreamAccounts(settings.forgetAfter(), state, mappings, this, controls);
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
        counts.register(getMetricGroup(), accounts::size);
        HoldSettings hold = settings.hold();
        SampleBudget budget = new SampleBudget(hold.samplesPerSecond());
        DriftGuard guard = new DriftGuard(mappings, translator, budget);
        flow = new RecordFlow(accounts, translator, guard, this, this::now, output, counts);
        parking =
                new Parking(
                        hold,
                        parkedRecords,
                        getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this),
                        flow);
        flow.parkIn(parking);
        if (restored) {
            takeUpParked();
        } else {
            readRegistry();
        }
    }

    private void takeUpParked() throws Exception {
        try (Stream<StreamKey> waiting =
                this.<StreamKey>getKeyedStateBackend()
                        .getKeys(ParkedRecords.PARKED_STATE, VoidNamespace.INSTANCE)) {
            for (StreamKey key : waiting.collect(Collectors.toSet())) {
                accounts.of(key, parking);
            }
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

    private void decide(RegistryMessage message) throws Exception {
        if (mappings.isDecided(message)) {
            return;
        }
        sendVerdicts();
        RegistryMessage before = mappings.inEffect();
        Decision decision = mappings.decide(message);
        counts.decided(decision);
        if (decision.takesEffect()) {
            takeEffect(message.key());
        } else if (before != null
                && Arrays.equals(before.messageKey(), message.messageKey())
                && !Arrays.equals(before.value(), message.value())) {
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
        }
    }

    private void control(ControlMessage message) throws Exception {
        if (!controls.add(message)) {
            return;
        }
        for (StreamAccount account : accounts.of(message.tenant())) {
            setCurrentKey(account.key());
            accounts.follow(account);
            if (account.hold() != null) {
                parking.mended(account);
            }
        }
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
        if (++ended == INPUTS) {
            for (StreamAccount account : accounts.holding()) {
                setCurrentKey(account.key());
                parking.end(account);
            }
        }
        sendVerdicts();
        drawLedger();
    }

    private void drawLedger() throws Exception {
        accounts.tellMappings(
                now(), mapping -> output.collect(MAPPINGS, new StreamRecord<>(mapping)));
        accounts.draw(now(), entry -> output.collect(LEDGER, new StreamRecord<>(entry)));
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}
