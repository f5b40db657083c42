package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.ChangeEvent;
import io.autonomos.mappings.scan.ChangeEvents;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates raw records to canonical events. Holds one runner per plan, of a bounded number of
 * plans, so its size does not grow with streams. Not thread safe; one per task.
 */
public final class Translator {

    private static final long FIRST_MILLIS = IsoTime.FIRST_DAY * 86_400_000L;
    private static final long LAST_MILLIS = (IsoTime.LAST_DAY + 1) * 86_400_000L - 1;

    /** Longest event without another limit: what fits into a message of 8 MiB. */
    public static final int MAX_EVENT_BYTES = (8 << 20) - (1 << 14);

    /** About 40 KB each. */
    private static final int MAX_RUNNERS = 512;

    private static final byte[] EMPTY = {};

    private final ScanLimits limits;
    private final int maxEventBytes;
    private final Map<Plan, PlanRunner> runners = new Recent();
    private Plan lastPlan;
    private PlanRunner lastRunner;

    /** The plans used last; the others can be made ready again. */
    private static final class Recent extends LinkedHashMap<Plan, PlanRunner> {

        private static final long serialVersionUID = 1L;
        private static final float LOAD = 0.75f;

        Recent() {
            super(16, LOAD, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Plan, PlanRunner> eldest) {
            return size() > MAX_RUNNERS;
        }
    }

    public Translator(ScanLimits limits) {
        this(limits, MAX_EVENT_BYTES);
    }

    /**
     * @param maxEventBytes a record with a longer event is refused, as no topic would take it
     */
    public Translator(ScanLimits limits, int maxEventBytes) {
        this.limits = limits;
        this.maxEventBytes = maxEventBytes;
    }

    /** What becomes of the record. */
    public Translation translate(RawRecord record, StreamTarget target) {
        Translation translation = new Translation();
        if (record.fault() != null) {
            translation.fail(record.fault(), null);
            return translation;
        }
        if (record.emittedAt() < FIRST_MILLIS || record.emittedAt() > LAST_MILLIS) {
            translation.fail(
                    Fault.of(
                            ErrorCode.HEADER_INVALID,
                            RecordFaults.where(record)
                                    + ": emitted-at lies outside the years 1 to 9999. "
                                    + ErrorCode.HEADER_INVALID.remedy()),
                    null);
            return translation;
        }
        boolean bodilessDelete = RawRecord.DELETE.equals(record.op()) && record.recordId() != null;
        if (record.value().length == 0 && !bodilessDelete) {
            translation.fail(
                    Fault.of(
                            ErrorCode.VALUE_EMPTY,
                            RecordFaults.where(record)
                                    + ": the record has no payload and is not a delete with a"
                                    + " record-id. "
                                    + ErrorCode.VALUE_EMPTY.remedy()),
                    null);
            return translation;
        }
        PlanRunner runner = runner(target.plan());
        runner.run(record, target, translation);
        ChangeEvent event = translation.isPerhapsEvent() ? ChangeEvents.find(record.value()) : null;
        return event == null ? translation : translate(record, event, runner, target);
    }

    /** What becomes of the records that an event tells of. */
    private static Translation translate(
            RawRecord record, ChangeEvent event, PlanRunner runner, StreamTarget target) {
        Translation translation = new Translation();
        if (event.problem() != null) {
            ErrorCode code = ErrorCode.EVENT_PARTIAL;
            translation.fail(
                    Fault.of(
                            code,
                            "%s: the event %s. %s"
                                    .formatted(
                                            RecordFaults.where(record),
                                            event.problem(),
                                            event.remedy())),
                    null);
            return translation;
        }
        for (RawRecord each : inside(record, event)) {
            translation.readAs(each);
            runner.run(each, target, translation);
            if (translation.fault() != null) {
                break;
            }
        }
        return translation;
    }

    private static List<RawRecord> inside(RawRecord record, ChangeEvent event) {
        boolean delete = event.delete() || RawRecord.DELETE.equals(record.op());
        String op = delete ? RawRecord.DELETE : RawRecord.UPSERT;
        boolean dated = event.at() >= FIRST_MILLIS && event.at() <= LAST_MILLIS;
        long at = dated ? event.at() : record.emittedAt();
        byte[] value = event.record() == null ? EMPTY : event.record();
        if (event.ids().isEmpty()) {
            return List.of(record.inside(op, record.recordId(), at, value));
        }
        return event.ids().stream().map(id -> record.inside(op, id, at, value)).toList();
    }

    /** Frees what was kept for a plan that is no longer in use. */
    public void forget(Plan plan) {
        runners.remove(plan);
        if (plan == lastPlan) {
            lastPlan = null;
            lastRunner = null;
        }
    }

    private PlanRunner runner(Plan plan) {
        if (plan != lastPlan) {
            lastRunner =
                    runners.computeIfAbsent(plan, p -> new PlanRunner(p, limits, maxEventBytes));
            lastPlan = plan;
        }
        return lastRunner;
    }
}
