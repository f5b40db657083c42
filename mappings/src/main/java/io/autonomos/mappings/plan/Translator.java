package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates raw records to canonical events. Holds one runner per plan, so its size grows with the
 * mappings in use, not with streams. Not thread safe; one per task.
 */
public final class Translator {

    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);

    private final ScanLimits limits;
    private final Map<Plan, PlanRunner> runners = new IdentityHashMap<>();
    private final Translation translation = new Translation();
    private Plan lastPlan;
    private PlanRunner lastRunner;

    public Translator(ScanLimits limits) {
        this.limits = limits;
    }

    /** What becomes of the record; the result is valid until the next call. */
    public Translation translate(RawRecord record, StreamTarget target) {
        translation.clear();
        if (record.fault() != null) {
            translation.fail(record.fault(), null);
            return translation;
        }
        byte[] payload = record.value();
        if (payload.length == 0) {
            if (!RawRecord.DELETE.equals(record.op()) || record.recordId() == null) {
                translation.fail(
                        Fault.of(
                                ErrorCode.VALUE_EMPTY,
                                PlanRunner.where(record)
                                        + ": the record has no payload and is not a delete with a"
                                        + " record-id. "
                                        + ErrorCode.VALUE_EMPTY.remedy()),
                        null);
                return translation;
            }
            payload = EMPTY_OBJECT;
        }
        PlanRunner runner = runner(target.plan());
        if (target.plan().each().isEmpty() || payload == EMPTY_OBJECT) {
            runner.run(record, payload, target, translation);
        } else {
            explode(record, payload, target, runner);
        }
        return translation;
    }

    /** All elements become events, or the whole record is a dead letter. */
    private void explode(
            RawRecord record, byte[] payload, StreamTarget target, PlanRunner runner) {
        List<byte[]> elements;
        try {
            elements = Exploder.explode(payload, target.plan().each(), limits);
        } catch (Exploder.ExplodeException e) {
            // The plain run says what is wrong with the bytes; if nothing is, the array is.
            runner.run(record, payload, target, translation);
            if (translation.fault() == null
                    || !translation.fault().code().startsWith("AOS-2")) {
                translation.fail(
                        Fault.of(
                                ErrorCode.VALUE_TYPE,
                                PlanRunner.where(record) + ": " + e.getMessage()),
                        translation.fingerprint());
            }
            return;
        }
        for (byte[] element : elements) {
            runner.run(record, element, target, translation);
            if (translation.fault() != null) {
                return;
            }
        }
    }

    private PlanRunner runner(Plan plan) {
        if (plan != lastPlan) {
            lastRunner = runners.computeIfAbsent(plan, p -> new PlanRunner(p, limits));
            lastPlan = plan;
        }
        return lastRunner;
    }
}
