package io.autonomos.mappings.plan;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.autonomos.mappings.expression.ExpressionException;
import io.autonomos.mappings.scan.DuplicateNames;
import io.autonomos.mappings.scan.ErrorAnswers;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.Pages;
import io.autonomos.mappings.scan.RecordScanner;
import io.autonomos.mappings.scan.ScanException;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.Slots;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.Fingerprint;
import io.autonomos.schemas.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Runs one plan over records. Not thread safe; one per plan and task. */
final class PlanRunner {

    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD = "{\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPSERT = "upsert\",\"data\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELETE = "delete\",\"data\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXTRAS = "},\"extras\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FINGERPRINT =
            ",\"fingerprint\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_TIME =
            "],\"event_time\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMITTED_AT = ",\"emitted_at\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRACE_ID = ",\"trace_id\":\"".getBytes(StandardCharsets.US_ASCII);

    /** What is wrong with a record whose id does not stand where the mapping looks for it. */
    private static final Set<String> NO_ID =
            Set.of(
                    ErrorCode.REQUIRED_MISSING.code(),
                    ErrorCode.RECORD_ID_MISSING.code(),
                    ErrorCode.VALUE_TYPE.code());

    private final Plan plan;
    private final RecordScanner scanner;
    private final FieldEvaluator evaluator;
    private final ExtrasWriter extrasWriter = new ExtrasWriter();
    private final JsonBuffer envelope = new JsonBuffer(4096);
    private final SelfDescription self;
    private final Exploder exploder;
    private final int maxEventBytes;

    PlanRunner(Plan plan, ScanLimits limits, int maxEventBytes) {
        this.plan = plan;
        this.maxEventBytes = maxEventBytes;
        this.scanner = plan.scan().newScanner(limits);
        Slots slots = scanner.slots();
        this.evaluator = new FieldEvaluator(plan, slots);
        this.self = new SelfDescription(plan, slots, evaluator);
        this.exploder =
                plan.each().isEmpty()
                        ? null
                        : new Exploder(plan.each(), plan.isEachOrOuter(), limits);
    }

    /** Translates one record, and adds the events or the fault to {@code into}. */
    void run(RawRecord record, StreamTarget target, Translation into) {
        boolean hasBody = record.value().length > 0;
        byte[] bytes = hasBody ? record.value() : EMPTY_OBJECT;
        try {
            scanner.scan(bytes);
            String duplicate = scanner.duplicateName();
            if (duplicate != null) {
                bytes = DuplicateNames.lastWins(bytes);
                scanner.scan(bytes);
            }
            if (exploder != null && hasBody) {
                explode(record, bytes, duplicate, target, into);
            } else {
                translate(record, bytes, duplicate, target, into);
            }
        } catch (ScanException e) {
            into.fail(RecordFaults.unreadable(record, e), null);
        }
    }

    /** All elements become events, or the whole record is a dead letter. */
    private void explode(
            RawRecord record, byte[] bytes, String duplicate, StreamTarget target, Translation into)
            throws ScanException {
        try {
            for (byte[] each : exploder.explode(bytes)) {
                scanner.scan(each);
                translate(record, each, duplicate, target, into);
                if (into.fault() != null) {
                    return;
                }
            }
        } catch (Exploder.ExplodeException e) {
            into.fail(
                    Fault.of(e.code(), RecordFaults.where(record) + ": " + e.getMessage()),
                    fingerprint());
        }
    }

    /** Translates what the scanner has just read. */
    private void translate(
            RawRecord record,
            byte[] read,
            String duplicate,
            StreamTarget target,
            Translation into) {
        byte[] bytes = scanner.hasLineBreaks() ? withoutLineBreaks(read) : read;
        boolean delete;
        try {
            delete = self.isDelete(record, bytes);
            if (!delete && plan.filter() != null && !plan.filter().holds(bytes, scanner.slots())) {
                return;
            }
        } catch (ExpressionException e) {
            into.fail(RecordFaults.undecided(record, e), fingerprint());
            return;
        }
        Fault fault = evaluator.evaluate(bytes, delete, self.headerId(record), duplicate);
        into.note(evaluator.unread(), scanner.fingerprintLow());
        String recordId = null;
        if (fault == null) {
            try {
                recordId = self.recordId(record, bytes, delete);
                fault = SelfDescription.problemOf(recordId);
            } catch (ExpressionException e) {
                fault = Fault.of(ErrorCode.VALUE_EXPRESSION, "record-id: " + e.getMessage() + ".");
            }
        }
        if (fault != null) {
            into.fail(placed(record, fault, read, into), fingerprint());
            return;
        }
        if (isMarkedEvent()) {
            into.suspectEvent();
        }
        self.useDeleteFlags(bytes);
        CanonicalEvent event = event(record, bytes, target, delete, recordId);
        if (event.json().length > maxEventBytes) {
            into.fail(
                    RecordFaults.tooLarge(record, event.json().length, maxEventBytes),
                    fingerprint());
            return;
        }
        into.add(event);
    }

    /** A record without its identity may hold others: then that is what is wrong with it. */
    private Fault placed(RawRecord record, Fault fault, byte[] bytes, Translation into) {
        boolean noIdentity =
                NO_ID.contains(fault.code())
                        && (fault.field() == null
                                || plan.entity().identity().contains(fault.field()));
        if (exploder == null && (noIdentity || isMarkedEvent())) {
            into.suspectEvent();
        }
        if (noIdentity && evaluator.scalars() <= 1 && ErrorAnswers.is(bytes)) {
            return RecordFaults.errorAnswer(record);
        }
        Pages.Found found =
                noIdentity && exploder == null
                        ? new Pages(bytes.length).find(bytes, record.key().stream())
                        : null;
        boolean isRecord =
                found == null
                        || isMapped(found.member())
                        || evaluator.scalars() > (found.isKnown() ? 1 : 0);
        if (isRecord) {
            return new Fault(
                    fault.code(),
                    fault.field(),
                    RecordFaults.where(record) + ": " + fault.message());
        }
        return RecordFaults.wrapped(record, found.member());
    }

    /** Whether the record has a member that only events have. */
    private boolean isMarkedEvent() {
        for (int slot : plan.eventSlots()) {
            if (scanner.slots().type(slot) != Slots.ABSENT) {
                return true;
            }
        }
        return false;
    }

    /** Whether the mapping reads something at or inside a member of the record. */
    private boolean isMapped(String member) {
        return Arrays.stream(plan.fields())
                .flatMap(field -> Arrays.stream(field.paths()))
                .anyMatch(path -> path.startsWith(member));
    }

    private CanonicalEvent event(
            RawRecord record, byte[] bytes, StreamTarget target, boolean delete, String recordId) {
        long eventTime = self.eventTime(record, bytes);
        byte[] idBytes = recordId.getBytes(StandardCharsets.UTF_8);
        HashValue128 recordHash = Hashing.xxh3_128().hashBytesTo128Bits(idBytes);
        long payload = Hashing.xxh3_64().hashBytesToLong(bytes);
        long version = mix(eventTime + 31 * payload) + (delete ? 1 : 0);
        long idHigh = mix(target.hash() ^ recordHash.getMostSignificantBits()) + mix(version);
        long idLow = mix(recordHash.getLeastSignificantBits() + 7 * target.hash()) ^ mix(~version);

        JsonBuffer out = envelope;
        out.reset();
        out.put(HEAD).hex(idHigh).hex(idLow).put(target.afterId);
        out.put(delete ? DELETE : UPSERT);
        int[] values = evaluator.write(out);
        out.put(EXTRAS);
        int extrasStart = out.size();
        extrasWriter.write(bytes, scanner.extras(), evaluator, out);
        int extrasEnd = out.size();
        out.put(target.beforeRecordId).quoted(idBytes).put(FINGERPRINT);
        out.hex(scanner.fingerprintHigh()).hex(scanner.fingerprintLow());
        out.put(target.afterFingerprint);
        evaluator.writeChanges(out);
        out.put(EVENT_TIME).instant(eventTime);
        out.put(EMITTED_AT).instant(record.emittedAt() * 1_000);
        long trace = target.hash() ^ record.origin().hashCode();
        out.put(TRACE_ID).hex(mix(trace + record.partition())).hex(mix(trace ^ record.position()));
        out.put(target.tail);
        return new CanonicalEvent(
                out.ascii(HEAD.length, HEAD.length + 32),
                target.key(),
                target.source(),
                plan.entity().name(),
                delete ? RawRecord.DELETE : RawRecord.UPSERT,
                recordId,
                eventTime,
                record.position(),
                plan.mapping(),
                target.version(),
                out.toBytes(),
                values,
                extrasStart,
                extrasEnd);
    }

    private String fingerprint() {
        return new Fingerprint(scanner.fingerprintHigh(), scanner.fingerprintLow()).hex();
    }

    private static byte[] withoutLineBreaks(byte[] bytes) {
        byte[] flat = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < flat.length; i++) {
            if (flat[i] == '\n' || flat[i] == '\r') {
                flat[i] = ' ';
            }
        }
        return flat;
    }

    /** Stafford's variant 13 of MurmurHash3's finaliser. */
    static long mix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
