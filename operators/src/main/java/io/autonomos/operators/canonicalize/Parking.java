package io.autonomos.operators.canonicalize;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.ParkedRecord;
import io.autonomos.schemas.RawRecord;
import java.util.List;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Holds records back until their mapping is mended, and lets them go on in order. All methods
 * concern the current key.
 *
 * <p>Records go on in bounded batches, each on a timer of its own, so that neither a checkpoint nor
 * other streams wait for all of them.
 */
final class Parking {

    private static final int BATCH = 500;
    private static final int PATIENCE = 3;
    private static final double SHARE = 0.5;

    private final HoldSettings settings;
    private final ParkedRecords records;
    private final InternalTimerService<VoidNamespace> timers;
    private final Outlet outlet;

    /** Where records go that wait no longer. */
    interface Outlet {

        /**
         * Tries a record again.
         *
         * @param always whether it must go on, whatever it has lost
         * @return whether it went on, as an event or a dead letter
         */
        boolean goesOn(StreamAccount account, ParkedRecord parked, boolean always) throws Exception;

        /** A record that waited, or would have, is a dead letter. */
        void refuse(StreamAccount account, RawRecord record, Fault fault, boolean waited);
    }

    Parking(
            HoldSettings settings,
            ParkedRecords records,
            InternalTimerService<VoidNamespace> timers,
            Outlet outlet) {
        this.settings = settings;
        this.records = records;
        this.timers = timers;
        this.outlet = outlet;
    }

    /** Takes up the records that waited when the job stopped. */
    void load(StreamAccount account) throws Exception {
        Hold hold = records.load(settings.confirmRecords());
        account.hold(hold);
        if (hold != null) {
            mended(account);
        }
    }

    /**
     * A record waits, or is a dead letter where no more can.
     *
     * @param lost what it has lost; nothing where it comes behind another
     * @param loud whether nothing would go missing silently if it went on
     * @return whether it waits
     */
    boolean park(
            StreamAccount account,
            RawRecord record,
            String recordId,
            List<String> lost,
            boolean loud,
            long now)
            throws Exception {
        Hold hold = account.hold();
        if (hold == null) {
            hold = new Hold(settings.confirmRecords(), now);
            account.hold(hold);
            wakeAt(now + settings.debounce().toMillis());
        }
        hold.lost(lost, loud);
        ParkedRecord parked = new ParkedRecord(record, recordId, lost, now);
        boolean fits =
                hold.count() < settings.maxRecords()
                        && hold.bytes() + Hold.size(parked) <= settings.maxBytes();
        if (!fits) {
            outlet.refuse(account, record, fault(ErrorCode.PARK_FULL, record), false);
            return false;
        }
        records.add(hold, parked);
        return true;
    }

    /** The stream's mapping changed: all records that wait are tried again. */
    void mended(StreamAccount account) {
        account.hold().drain();
        wakeAt(timers.currentProcessingTime());
    }

    private void wakeAt(long time) {
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, time);
    }

    /** The time has come to look at the stream again. */
    void wake(StreamAccount account, long now) throws Exception {
        Hold hold = account.hold();
        if (hold == null) {
            return;
        }
        if (!hold.isDraining() && !hold.isConfirmed() && isTimeToDecide(hold, now)) {
            if (!hold.decide(SHARE)) {
                hold.passAll();
            }
        }
        if (account.policy() == DriftPolicy.PASS && !hold.passesAll()) {
            hold.passAll();
        }
        if (account.policy() == DriftPolicy.DEAD_LETTER) {
            refuseOldest(account, hold, Long.MAX_VALUE, ErrorCode.DRIFT_LOST);
        } else if (hold.isDraining()) {
            drain(account, hold);
        } else {
            long since = now - settings.maxAge().toMillis();
            refuseOldest(account, hold, since, ErrorCode.PARK_EXPIRED);
        }
        if (hold.count() == 0) {
            account.hold(null);
        } else {
            wakeAt(nextWake(account, hold, now));
        }
    }

    /** Nothing more comes: what can be told now is told now. */
    void end(StreamAccount account) throws Exception {
        Hold hold = account.hold();
        if (!hold.isConfirmed() && !hold.decide(SHARE)) {
            hold.passAll();
        }
        while (hold.isDraining()) {
            drain(account, hold);
        }
        if (hold.count() == 0) {
            account.hold(null);
        }
    }

    private boolean isTimeToDecide(Hold hold, long now) {
        long waited = now - hold.since();
        long debounce = settings.debounce().toMillis();
        return waited >= (hold.canDecide() ? debounce : PATIENCE * debounce);
    }

    private long nextWake(StreamAccount account, Hold hold, long now) throws Exception {
        if (hold.isDraining() || account.policy() == DriftPolicy.DEAD_LETTER) {
            return now + 1;
        }
        if (!hold.isConfirmed()) {
            return now + settings.debounce().toMillis();
        }
        ParkedRecord oldest = oldest(hold);
        return oldest.at() + settings.maxAge().toMillis();
    }

    private void drain(StreamAccount account, Hold hold) throws Exception {
        for (int tried = 0; tried < BATCH; tried++) {
            long number = hold.nextToTry();
            if (number < 0) {
                return;
            }
            ParkedRecord parked = records.get(number);
            if (parked == null) {
                continue;
            }
            boolean waits = !hold.passesAll() && hold.isBehind(parked);
            if (!waits && outlet.goesOn(account, parked, hold.passesAll())) {
                records.remove(hold, number, parked);
            } else {
                hold.stays(parked);
            }
        }
    }

    /** The records that wait since that time or longer are dead letters. */
    private void refuseOldest(StreamAccount account, Hold hold, long since, ErrorCode why)
            throws Exception {
        for (int tried = 0; tried < BATCH && hold.count() > 0; tried++) {
            ParkedRecord oldest = oldest(hold);
            if (oldest.at() > since) {
                return;
            }
            records.remove(hold, hold.first(), oldest);
            outlet.refuse(account, oldest.record(), fault(why, oldest.record()), true);
        }
    }

    private ParkedRecord oldest(Hold hold) throws Exception {
        ParkedRecord oldest = records.get(hold.first());
        while (oldest == null) {
            hold.skipFirst();
            oldest = records.get(hold.first());
        }
        return oldest;
    }

    static Fault fault(ErrorCode code, RawRecord record) {
        return Fault.of(
                code,
                "%s at %s:%d: %s %s"
                        .formatted(
                                record.key().path(),
                                record.origin(),
                                record.position(),
                                code.summary(),
                                code.remedy()));
    }
}
