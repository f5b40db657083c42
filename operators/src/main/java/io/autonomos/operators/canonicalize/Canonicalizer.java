package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.mappings.registry.VersionGate.Decision;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RegistryReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
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
 * <p>State per {@link StreamKey}: its ledger entry, and what {@link StreamMappings} lists. It is
 * read when a stream is first seen by a task, and written when a version comes and before a
 * checkpoint where the account changed; a record touches only the heap. That is why this is an
 * operator and not a keyed function, which would set the key for each record.
 */
public final class Canonicalizer extends AbstractStreamOperator<CanonicalEvent>
        implements TwoInputStreamOperator<RawRecord, RegistryMessage, CanonicalEvent>,
                BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    public static final OutputTag<LedgerEntry> LEDGER =
            new OutputTag<>("ledger", TypeInformation.of(LedgerEntry.class));
    public static final OutputTag<RegistryMessage> VERDICTS =
            new OutputTag<>("verdicts", TypeInformation.of(RegistryMessage.class));

    // State names are part of the savepoint format: never rename one.
    static final String LEDGER_STATE = "ledger-entry";

    private final CanonicalizeSettings settings;
    private final RegistryReader registry;

    private transient ValueState<LedgerEntry> ledger;
    private transient StreamMappings mappings;
    private transient boolean restored;
    private transient List<RegistryMessage> unsent;
    private transient MappingCatalog catalog;
    private transient Translator translator;
    private transient Map<StreamKey, StreamAccount> accounts;
    private transient StreamAccount last;
    private transient StreamRecord<CanonicalEvent> reused;
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
        ValueStateDescriptor<LedgerEntry> descriptor =
                new ValueStateDescriptor<>(LEDGER_STATE, TypeInformation.of(LedgerEntry.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(settings.forgetAfter()).build());
        ledger = context.getKeyedStateStore().getState(descriptor);
        mappings = new StreamMappings(context.getKeyedStateStore());
        restored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        catalog = MappingCatalog.shipped();
        translator =
                new Translator(
                        new ScanLimits(
                                settings.maxRecordBytes(),
                                settings.maxDepth(),
                                settings.maxFields(),
                                settings.maxPaths()),
                        settings.maxEventBytes());
        accounts = new HashMap<>();
        reused = new StreamRecord<>(null);
        counts = new CanonicalizeMetrics();
        counts.register(getMetricGroup(), accounts::size);
        unsent = new ArrayList<>();
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
            StreamAccount account = accounts.get(message.key());
            if (account != null) {
                use(account, mappings.acquire());
            }
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

    /** From the next record on, the stream goes by this mapping. */
    private void use(StreamAccount account, StreamMapping mapping) {
        StreamMapping last = account.use(mapping);
        if (last != null && last.plan() != null && mappings.release(last)) {
            translator.forget(last.plan());
        }
        if (account.source() != null) {
            account.readAs(account.source(), target(account, account.source()));
        }
    }

    @Override
    public void processElement1(StreamRecord<RawRecord> element) throws Exception {
        RawRecord record = element.getValue();
        StreamAccount account = account(record.key());
        if (!account.isReadAs(record.source())) {
            account.readAs(record.source(), target(account, record.source()));
        }
        counts.in.inc();
        StreamTarget target = account.target();
        if (target == null) {
            Fault fault = record.fault() != null ? record.fault() : untranslatable(account, record);
            refuse(account, record, fault, null);
            return;
        }
        Translation translation = translator.translate(record, target);
        if (translation.fault() != null) {
            refuse(account, record, translation.fault(), translation.fingerprint());
            return;
        }
        int made = translation.events().size();
        account.translated(made);
        (made == 0 ? counts.filtered : counts.canonical).inc();
        counts.events.inc(made);
        for (int i = 0; i < made; i++) {
            CanonicalEvent event = translation.events().get(i);
            output.collect(reused.replace(event, event.eventTime() / 1_000));
        }
    }

    private void refuse(StreamAccount account, RawRecord record, Fault fault, String shape) {
        account.refused();
        counts.deadLettered.inc();
        StreamTarget target = account.target();
        Retry retry = record.retry();
        boolean isDated = retry != null && retry.firstFailedAt() != Retry.UNKNOWN;
        DeadLetter letter =
                new DeadLetter(
                        record,
                        fault,
                        shape,
                        target == null ? null : target.plan().mapping(),
                        target == null ? 0 : target.version(),
                        retry == null ? 1 : retry.attempt() + 1,
                        isDated ? retry.firstFailedAt() : now());
        output.collect(DEAD_LETTERS, new StreamRecord<>(letter));
    }

    private StreamTarget target(StreamAccount account, String source) {
        StreamMapping own = account.mapping();
        if (own != null && own.isFor(source)) {
            return own.plan() == null
                    ? null
                    : new StreamTarget(account.key(), source, own.plan(), own.version());
        }
        Plan plan = catalog.resolve(source, account.key().stream());
        return plan == null ? null : new StreamTarget(account.key(), source, plan);
    }

    private static Fault untranslatable(StreamAccount account, RawRecord record) {
        StreamMapping own = account.mapping();
        if (own != null && own.plan() == null) {
            return own.fault();
        }
        return Fault.of(
                ErrorCode.STREAM_UNKNOWN,
                "%s: no mapping is known for stream %s of source %s. %s"
                        .formatted(
                                record.key().path(),
                                record.key().stream(),
                                record.source(),
                                ErrorCode.STREAM_UNKNOWN.remedy()));
    }

    private StreamAccount account(StreamKey key) throws Exception {
        if (last != null && last.key().equals(key)) {
            return last;
        }
        StreamAccount account = accounts.get(key);
        if (account == null) {
            setCurrentKey(key);
            account = new StreamAccount(key, ledger.value());
            account.use(mappings.acquire());
            accounts.put(key, account);
        }
        last = account;
        return account;
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        sendVerdicts();
        drawLedger();
    }

    @Override
    public void endInput(int input) throws Exception {
        sendVerdicts();
        drawLedger();
    }

    private void drawLedger() throws Exception {
        long at = now();
        for (StreamAccount account : accounts.values()) {
            if (account.isDirty()) {
                LedgerEntry entry = account.entry(at);
                setCurrentKey(account.key());
                ledger.update(entry);
                output.collect(LEDGER, new StreamRecord<>(entry));
                account.clean();
            }
        }
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}
