package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.ParkedRecord;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The way of one record: translated, held against what its stream was like, and then an event, a
 * dead letter, or parked.
 */
final class RecordFlow implements Parking.Outlet {

    private final StreamAccounts accounts;
    private final Translator translator;
    private final DriftGuard guard;
    private final KeyContext keys;
    private final LongSupplier clock;
    private final Output<StreamRecord<CanonicalEvent>> output;
    private final CanonicalizeMetrics counts;
    private final StreamRecord<CanonicalEvent> reused = new StreamRecord<>(null);
    private Parking parking;

    RecordFlow(
            StreamAccounts accounts,
            Translator translator,
            DriftGuard guard,
            KeyContext keys,
            LongSupplier clock,
            Output<StreamRecord<CanonicalEvent>> output,
            CanonicalizeMetrics counts) {
        this.accounts = accounts;
        this.translator = translator;
        this.guard = guard;
        this.keys = keys;
        this.clock = clock;
        this.output = output;
        this.counts = counts;
    }

    /** Says where records wait. */
    void parkIn(Parking here) {
        parking = here;
    }

    /** A record came in. */
    void take(RawRecord record) throws Exception {
        StreamAccount account = accounts.of(record.key(), parking);
        accounts.readAs(account, record.source());
        counts.in.inc();
        if (account.target() == null) {
            Fault fault = record.fault() != null ? record.fault() : untranslatable(account, record);
            refuse(account, record, fault, null);
            return;
        }
        Translation translation = translator.translate(record, account.target());
        RawRecord read = translation.readOf(record);
        boolean isFree = account.watch() == null && account.hold() == null;
        if (isFree || !isHeldBack(account, read, translation)) {
            settle(account, read, translation);
        }
    }

    /** Holds a record against what the stream was like; tells whether it must not go on. */
    private boolean isHeldBack(StreamAccount account, RawRecord record, Translation translation)
            throws Exception {
        StreamWatch watch = account.watch();
        if (watch != null && watch.isOdd(translation)) {
            keys.setCurrentKey(account.key());
            List<String> lost = guard.lost(account, record, translation);
            if (!lost.isEmpty()) {
                return isStopped(account, record, translation, lost);
            }
        }
        Hold hold = account.hold();
        if (hold != null) {
            String id = guard.recordId(account, record, translation);
            if (hold.holds(id)) {
                keys.setCurrentKey(account.key());
                park(account, record, id, List.of(), true);
                return true;
            }
            hold.passed();
        }
        if (watch == null) {
            return false;
        }
        watch.count(translation);
        if (translation.fault() == null && guard.isSample(watch, translation, clock)) {
            keys.setCurrentKey(account.key());
            observe(account, record, List.of());
        }
        return false;
    }

    private boolean isStopped(
            StreamAccount account, RawRecord record, Translation translation, List<String> lost)
            throws Exception {
        if (account.policy() != DriftPolicy.PARK) {
            observe(account, record, lost);
            boolean refused = account.policy() == DriftPolicy.DEAD_LETTER;
            if (refused) {
                Fault fault = Parking.fault(ErrorCode.DRIFT_LOST, record);
                refuse(account, record, fault, translation.fingerprint());
            } else {
                settle(account, record, translation, lost);
            }
            return true;
        }
        boolean loud = translation.fault() != null || translation.unread().containsAll(lost);
        park(account, record, guard.recordId(account, record, translation), lost, loud);
        Hold hold = account.hold();
        if (hold.isWorthObserving(lost)) {
            observe(account, record, lost);
        }
        return true;
    }

    private void park(
            StreamAccount account, RawRecord record, String id, List<String> lost, boolean loud)
            throws Exception {
        if (parking.park(account, record, id, lost, loud, clock.getAsLong())) {
            account.parked();
            counts.parked.inc();
        }
    }

    private void observe(StreamAccount account, RawRecord record, List<String> lost)
            throws Exception {
        Observation seen = guard.observation(account, record, lost, clock.getAsLong());
        output.collect(Canonicalizer.OBSERVATIONS, new StreamRecord<>(seen));
    }

    private void settle(StreamAccount account, RawRecord record, Translation translation) {
        settle(account, record, translation, List.of());
    }

    /**
     * Hands on what became of a record, and counts it.
     *
     * @param lost canonical fields that it has lost, which its change notes say
     */
    private void settle(
            StreamAccount account, RawRecord record, Translation translation, List<String> lost) {
        if (translation.fault() != null) {
            refuse(account, record, translation.fault(), translation.fingerprint());
            return;
        }
        int made = translation.events().size();
        account.translated(made);
        (made == 0 ? counts.filtered : counts.canonical).inc();
        counts.events.inc(made);
        List<String> unsaid =
                lost.isEmpty()
                        ? lost
                        : lost.stream().filter(f -> !translation.unread().contains(f)).toList();
        for (int i = 0; i < made; i++) {
            CanonicalEvent event = LossNotes.on(translation.events().get(i), unsaid);
            output.collect(reused.replace(event, event.eventTime() / 1_000));
        }
    }

    @Override
    public boolean goesOn(StreamAccount account, ParkedRecord parked, boolean always)
            throws Exception {
        RawRecord record = parked.record();
        accounts.readAs(account, record.source());
        if (account.target() == null) {
            return false;
        }
        Translation translation = translator.translate(record, account.target());
        StreamWatch watch = account.watch();
        List<String> lost =
                watch != null && watch.isOdd(translation)
                        ? guard.lost(account, record, translation)
                        : List.of();
        if (!always && watch != null) {
            if (!lost.isEmpty()) {
                return false;
            }
            watch.count(translation);
        }
        account.released();
        counts.parked.dec();
        settle(account, record, translation, lost);
        return true;
    }

    @Override
    public void refuse(StreamAccount account, RawRecord record, Fault fault, boolean waited) {
        if (waited) {
            account.released();
            counts.parked.dec();
        }
        refuse(account, record, fault, null);
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
                        isDated ? retry.firstFailedAt() : clock.getAsLong());
        output.collect(Canonicalizer.DEAD_LETTERS, new StreamRecord<>(letter));
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
}
