package io.autonomos.mappings.plan;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.autonomos.mappings.scan.DuplicateNames;
import io.autonomos.mappings.scan.JsonBuffer;
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
import java.util.Locale;

/** Runs one plan over records. Not thread safe; one per plan and task. */
final class PlanRunner {

    /** Longest record id, in characters: it is part of the stores' keys. */
    static final int MAX_RECORD_ID = 512;

    private static final byte[] UPSERT = "upsert\",\"data\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELETE = "delete\",\"data\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXTRAS = "},\"extras\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FINGERPRINT =
            ",\"fingerprint\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_TIME =
            "],\"event_time\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMITTED_AT = ",\"emitted_at\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRACE_ID = ",\"trace_id\":\"".getBytes(StandardCharsets.US_ASCII);

    private final Plan plan;
    private final RecordScanner scanner;
    private final Slots slots;
    private final FieldEvaluator evaluator;
    private final ExtrasWriter extrasWriter = new ExtrasWriter();
    private final JsonBuffer envelope = new JsonBuffer(4096);
    private final IsoTime time = new IsoTime();

    PlanRunner(Plan plan, ScanLimits limits) {
        this.plan = plan;
        this.scanner = plan.scan().newScanner(limits);
        this.slots = scanner.slots();
        this.evaluator = new FieldEvaluator(plan, slots);
    }

    /** Translates one payload, and adds the event or the fault to {@code into}. */
    void run(RawRecord record, byte[] payload, StreamTarget target, Translation into) {
        byte[] bytes = payload;
        String duplicate;
        try {
            scanner.scan(bytes);
            duplicate = scanner.duplicateName();
            if (duplicate != null) {
                bytes = DuplicateNames.lastWins(bytes);
                scanner.scan(bytes);
            }
        } catch (ScanException e) {
            into.fail(unreadable(record, e), null);
            return;
        }
        if (scanner.hasLineBreaks()) {
            bytes = withoutLineBreaks(bytes);
        }
        boolean delete = RawRecord.DELETE.equals(record.op()) || matchesDelete(bytes);
        Fault fault = evaluator.evaluate(bytes, delete, headerId(record), duplicate);
        String recordId = fault == null ? recordId(record, bytes) : null;
        if (fault == null) {
            fault = checkRecordId(recordId);
        }
        if (fault != null) {
            Fault placed =
                    new Fault(fault.code(), fault.field(), where(record) + ": " + fault.message());
            into.fail(placed, fingerprint());
            return;
        }
        into.add(event(record, bytes, target, delete, recordId));
    }

    private static Fault unreadable(RawRecord record, ScanException why) {
        ErrorCode code = why.code();
        return Fault.of(
                code,
                "%s: %s at byte %d. %s"
                        .formatted(where(record), why.getMessage(), why.offset(), code.remedy()));
    }

    private CanonicalEvent event(
            RawRecord record, byte[] bytes, StreamTarget target, boolean delete, String recordId) {
        long eventTime = eventTime(record, bytes);
        HashValue128 recordHash =
                Hashing.xxh3_128().hashBytesTo128Bits(recordId.getBytes(StandardCharsets.UTF_8));
        long payload = Hashing.xxh3_64().hashBytesToLong(bytes);
        long version = mix(eventTime + 31 * payload) + (delete ? 1 : 0);
        long idHigh = mix(target.hash() ^ recordHash.getMostSignificantBits()) + mix(version);
        long idLow = mix(recordHash.getLeastSignificantBits() + 7 * target.hash()) ^ mix(~version);

        JsonBuffer out = envelope;
        out.truncate(0);
        out.ascii("{\"id\":\"").hex(idHigh).hex(idLow).put(target.afterId);
        out.put(delete ? DELETE : UPSERT);
        int[] values = evaluator.write(out);
        out.put(EXTRAS);
        int extrasStart = out.size();
        extrasWriter.write(bytes, scanner.extras(), evaluator, out);
        int extrasEnd = out.size();
        out.put(target.beforeRecordId).quoted(recordId).put(FINGERPRINT);
        out.hex(scanner.fingerprintHigh()).hex(scanner.fingerprintLow());
        out.put(target.afterFingerprint);
        evaluator.writeChanges(out);
        out.put(EVENT_TIME).instant(eventTime);
        out.put(EMITTED_AT).instant(record.emittedAt() * 1_000);
        long trace = target.hash() ^ record.origin().hashCode();
        out.put(TRACE_ID).hex(mix(trace + record.partition())).hex(mix(trace ^ record.position()));
        out.put(target.tail);
        return new CanonicalEvent(
                HexId.of(idHigh, idLow),
                target.key(),
                target.source(),
                plan.entity().name(),
                delete ? RawRecord.DELETE : RawRecord.UPSERT,
                recordId,
                eventTime,
                record.position(),
                plan.mapping(),
                plan.version(),
                out.toBytes(),
                values,
                extrasStart,
                extrasEnd);
    }

    private String recordId(RawRecord record, byte[] bytes) {
        String headerId = headerId(record);
        if (headerId != null) {
            return headerId;
        }
        int[][] parts = plan.recordIdSlots();
        if (parts.length > 1) {
            return joined(parts, bytes);
        }
        String id = parts.length == 1 ? first(parts[0], bytes) : null;
        return id != null || plan.entity().identity().size() == 1 ? id : evaluator.compositeId();
    }

    private String first(int[] paths, byte[] bytes) {
        for (int slot : paths) {
            int type = slots.type(slot);
            if (type >= Fingerprint.STRING && type <= Fingerprint.NUMBER) {
                String text = TextCasts.textForm(bytes, slots.start(slot), slots.end(slot), type);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return null;
    }

    /** The parts, of which some may be absent, joined so that no two lists make the same id. */
    private String joined(int[][] parts, byte[] bytes) {
        StringBuilder id = new StringBuilder();
        boolean any = false;
        for (int i = 0; i < parts.length; i++) {
            String part = first(parts[i], bytes);
            if (i > 0) {
                id.append('|');
            }
            if (part != null) {
                any = true;
                id.append(part.replace("\\", "\\\\").replace("|", "\\|"));
            }
        }
        return any ? id.toString() : null;
    }

    /** The id from the record's address; it cannot name one of several elements. */
    private String headerId(RawRecord record) {
        return plan.each().isEmpty() ? record.recordId() : null;
    }

    private static Fault checkRecordId(String recordId) {
        if (recordId == null) {
            return Fault.of(
                    ErrorCode.RECORD_ID_MISSING,
                    ErrorCode.RECORD_ID_MISSING.summary()
                            + " "
                            + ErrorCode.RECORD_ID_MISSING.remedy());
        }
        if (recordId.length() > MAX_RECORD_ID) {
            return Fault.of(
                    ErrorCode.VALUE_TOO_LONG,
                    "the record id has %d characters; the limit is %d."
                            .formatted(recordId.length(), MAX_RECORD_ID));
        }
        return recordId.indexOf(0) >= 0 || !isPaired(recordId)
                ? Fault.of(ErrorCode.VALUE_TEXT, "record id: " + ErrorCode.VALUE_TEXT.summary())
                : null;
    }

    private static boolean isPaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }

    /** The source's own clock where the record has one, else when it was emitted. */
    private long eventTime(RawRecord record, byte[] bytes) {
        long emitted = record.emittedAt() * 1_000;
        for (int slot : plan.clockSlots()) {
            int type = slots.type(slot);
            if (type >= Fingerprint.STRING && type <= Fingerprint.NUMBER) {
                long micros =
                        plan.clockCast()
                                .micros(bytes, slots.start(slot), slots.end(slot), type, time);
                if (micros != Long.MIN_VALUE) {
                    return RawRecord.DELETE.equals(record.op())
                            ? Math.max(micros, emitted)
                            : micros;
                }
            }
        }
        return emitted;
    }

    private boolean matchesDelete(byte[] bytes) {
        int[] deleteSlots = plan.deleteSlots();
        for (int i = 0; i < deleteSlots.length; i++) {
            int slot = deleteSlots[i];
            int type = slots.type(slot);
            if (type >= Fingerprint.STRING && type <= Fingerprint.BOOLEAN) {
                String text = TextCasts.textForm(bytes, slots.start(slot), slots.end(slot), type);
                if (plan.deleteValues().get(i).contains(text.toLowerCase(Locale.ROOT))) {
                    return true;
                }
            }
        }
        return false;
    }

    private String fingerprint() {
        return new Fingerprint(scanner.fingerprintHigh(), scanner.fingerprintLow()).hex();
    }

    /** Where a record stands, for messages; never what it holds. */
    static String where(RawRecord record) {
        return record.key().path() + " at " + record.origin() + ":" + record.position();
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
