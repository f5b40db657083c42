package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Translates each raw record of a stream to canonical events, in order. What cannot be translated
 * goes to {@link #DEAD_LETTERS}. Before each checkpoint the accounts that changed go to {@link
 * #LEDGER}, so the ledger that a checkpoint commits is exact for that checkpoint.
 *
 * <p>State per {@link StreamKey}: its ledger entry. It is read when a stream is first seen by a
 * task, and written before a checkpoint where it changed; a record touches only the heap. That is
 * why this is an operator and not a keyed function, which would set the key for each record.
 */
public final class Canonicalizer extends AbstractStreamOperator<CanonicalEvent>
        implements OneInputStreamOperator<RawRecord, CanonicalEvent>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    public static final OutputTag<LedgerEntry> LEDGER =
            new OutputTag<>("ledger", TypeInformation.of(LedgerEntry.class));

    // State names are part of the savepoint format: never rename one.
    static final String LEDGER_STATE = "ledger-entry";

    private final CanonicalizeSettings settings;

    private transient ValueState<LedgerEntry> ledger;
    private transient MappingCatalog catalog;
    private transient Translator translator;
    private transient Map<StreamKey, StreamAccount> accounts;
    private transient StreamAccount last;
    private transient StreamRecord<CanonicalEvent> reused;
    private transient CanonicalizeMetrics counts;

    public Canonicalizer(CanonicalizeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ValueStateDescriptor<LedgerEntry> descriptor =
                new ValueStateDescriptor<>(LEDGER_STATE, TypeInformation.of(LedgerEntry.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(settings.forgetAfter()).build());
        ledger = context.getKeyedStateStore().getState(descriptor);
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
                                settings.maxPaths()));
        accounts = new HashMap<>();
        reused = new StreamRecord<>(null);
        counts = new CanonicalizeMetrics();
        counts.register(getMetricGroup(), accounts::size);
    }

    /** The key is set only where state is touched. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) throws Exception {
        RawRecord record = element.getValue();
        StreamAccount account = account(record.key());
        if (!account.isReadAs(record.source())) {
            account.readAs(record.source(), target(record));
        }
        counts.in.inc();
        StreamTarget target = account.target();
        if (target == null) {
            Fault fault = record.fault() != null ? record.fault() : unknownStream(record);
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
        Plan plan = account.target() == null ? null : account.target().plan();
        Retry retry = record.retry();
        boolean isDated = retry != null && retry.firstFailedAt() != Retry.UNKNOWN;
        DeadLetter letter =
                new DeadLetter(
                        record,
                        fault,
                        shape,
                        plan == null ? null : plan.mapping(),
                        plan == null ? 0 : plan.version(),
                        retry == null ? 1 : retry.attempt() + 1,
                        isDated ? retry.firstFailedAt() : now());
        output.collect(DEAD_LETTERS, new StreamRecord<>(letter));
    }

    private StreamTarget target(RawRecord record) {
        Plan plan = catalog.resolve(record.source(), record.key().stream());
        return plan == null ? null : new StreamTarget(record.key(), record.source(), plan);
    }

    private static Fault unknownStream(RawRecord record) {
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
            accounts.put(key, account);
        }
        last = account;
        return account;
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drawLedger();
    }

    @Override
    public void endInput() throws Exception {
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
