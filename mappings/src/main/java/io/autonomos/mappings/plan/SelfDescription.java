package io.autonomos.mappings.plan;

import io.autonomos.mappings.expression.ExpressionException;
import io.autonomos.mappings.expression.Values;
import io.autonomos.mappings.scan.ExtendedJson;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.JsonText;
import io.autonomos.mappings.scan.Slots;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.Fingerprint;
import io.autonomos.schemas.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what a record says of itself: its id, its time, whether it is gone. A value that the
 * envelope states in full is used up by that; any other stays for extras.
 */
final class SelfDescription {

    /**
     * Longest record id, in bytes of UTF-8. It is part of the stores' keys, and with tenant,
     * connection and stream it must fit into PostgreSQL's limit of 2,704 bytes on an index's row.
     */
    static final int MAX_RECORD_ID = 512;

    /** As a value of a delete rule: whatever is there, such as the time of the delete. */
    private static final String ANY = "*";

    /** How exports write that there is no value; no time of a delete. */
    private static final Set<String> NOTHING = Set.of("", "null", "\\n");

    private final Plan plan;
    private final Slots slots;
    private final FieldEvaluator fields;
    private final IsoTime time = new IsoTime();

    SelfDescription(Plan plan, Slots slots, FieldEvaluator fields) {
        this.plan = plan;
        this.slots = slots;
        this.fields = fields;
    }

    /** Whether the record is gone at its source. */
    boolean isDelete(RawRecord record, byte[] bytes) throws ExpressionException {
        boolean delete = RawRecord.DELETE.equals(record.op());
        if (!delete && plan.deleteIf() != null) {
            delete = plan.deleteIf().holds(bytes, slots);
        }
        int[] deleteSlots = plan.deleteSlots();
        for (int i = 0; i < deleteSlots.length; i++) {
            int slot = deleteSlots[i];
            int type = slots.type(slot);
            if ((type >= Fingerprint.STRING && type <= Fingerprint.BOOLEAN)
                    || (type == Fingerprint.OBJECT
                            && ExtendedJson.value(bytes, slots.start(slot)) != null)) {
                String text = text(bytes, slot).toLowerCase(Locale.ROOT);
                Set<String> values = plan.deleteValues().get(i);
                delete |=
                        values.contains(text) || (values.contains(ANY) && !NOTHING.contains(text));
            }
        }
        return delete;
    }

    /** Notes the values of delete rules that say nothing but yes or no: the op says it too. */
    void useDeleteFlags(byte[] bytes) {
        for (int slot : plan.deleteSlots()) {
            int type = slots.type(slot);
            if (type == Fingerprint.BOOLEAN
                    || (type == Fingerprint.STRING && isFlag(bytes, slot))) {
                fields.use(slot);
            }
        }
    }

    private boolean isFlag(byte[] bytes, int slot) {
        int length = slots.end(slot) - slots.start(slot) - 2;
        if (length != 4 && length != 5) {
            return false;
        }
        String text = text(bytes, slot);
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    /** The source's own clock where the record has one, else when it was emitted. */
    long eventTime(RawRecord record, byte[] bytes) {
        long emitted = record.emittedAt() * 1_000;
        if (plan.clockBy() != null) {
            long micros = computedTime(bytes);
            boolean late = RawRecord.DELETE.equals(record.op()) && emitted > micros;
            return micros == Long.MIN_VALUE || late ? emitted : micros;
        }
        for (int slot : plan.clockSlots()) {
            long micros = micros(bytes, slot);
            if (micros != Long.MIN_VALUE) {
                if (RawRecord.DELETE.equals(record.op()) && emitted > micros) {
                    return emitted;
                }
                if (!time.isCut()) {
                    fields.use(slot);
                }
                return micros;
            }
        }
        return emitted;
    }

    private long computedTime(byte[] bytes) {
        try {
            JsonBuffer token = new JsonBuffer(32);
            int type = Values.write(plan.clockBy().evaluate(bytes, slots), token);
            return type == Fingerprint.STRING || type == Fingerprint.NUMBER
                    ? plan.clockCast().micros(token.toBytes(), 0, token.size(), type, time)
                    : Long.MIN_VALUE;
        } catch (ExpressionException e) {
            return Long.MIN_VALUE; // as where no path has a time that can be read
        }
    }

    private long micros(byte[] bytes, int slot) {
        int type = slots.type(slot);
        if (type == Fingerprint.OBJECT) {
            ExtendedJson.Inside inside = ExtendedJson.value(bytes, slots.start(slot));
            return inside == null
                    ? Long.MIN_VALUE
                    : plan.clockCast()
                            .micros(
                                    inside.bytes(),
                                    inside.from(),
                                    inside.to(),
                                    inside.type(),
                                    time);
        }
        if (type != Fingerprint.STRING && type != Fingerprint.NUMBER) {
            return Long.MIN_VALUE;
        }
        TimeCast cast = plan.clockCast();
        long micros = cast.micros(bytes, slots.start(slot), slots.end(slot), type, time);
        if (micros == Long.MIN_VALUE && type == Fingerprint.STRING) {
            byte[] plain = TextCasts.withoutEscapes(bytes, slots.start(slot), slots.end(slot));
            return plain == null ? Long.MIN_VALUE : cast.micros(plain, 0, plain.length, type, time);
        }
        return micros;
    }

    /** The id from the record's address, or null; it cannot name one of several elements. */
    String headerId(RawRecord record) {
        return plan.each().isEmpty() ? record.recordId() : null;
    }

    /** The record's id, or null where it has none. */
    String recordId(RawRecord record, byte[] bytes, boolean delete) throws ExpressionException {
        int[][] parts = plan.recordIdSlots();
        String headerId = headerId(record);
        if (plan.idBy() != null) {
            return headerId != null ? headerId : Values.text(plan.idBy().evaluate(bytes, slots));
        }
        int sole = parts.length == 1 ? first(parts[0], bytes) : -1;
        String own = sole < 0 ? null : text(bytes, sole);
        if (own != null && (headerId == null || headerId.equals(own))) {
            fields.use(sole);
            return own;
        }
        if (headerId != null) {
            return headerId;
        }
        if (parts.length > 1) {
            return joined(parts, bytes);
        }
        boolean byIdentity = parts.length == 0 || plan.entity().soleIdentity() == null;
        return byIdentity ? fields.compositeId(delete) : null;
    }

    /** The slot of the first path that has a text or number, be it wrapped as MongoDB does. */
    private int first(int[] paths, byte[] bytes) {
        for (int slot : paths) {
            int type = slots.type(slot);
            if (type == Fingerprint.NUMBER
                    || (type == Fingerprint.STRING && slots.end(slot) - slots.start(slot) > 2)
                    || (type == Fingerprint.OBJECT
                            && plan.inside(bytes, slots.start(slot), slot) != null)) {
                return slot;
            }
        }
        return -1;
    }

    /** The parts, of which some may be absent; null where all are. */
    private String joined(int[][] parts, byte[] bytes) {
        JoinedId id = new JoinedId();
        for (int[] paths : parts) {
            int slot = first(paths, bytes);
            id.add(slot < 0 ? null : text(bytes, slot));
        }
        return id.text();
    }

    private String text(byte[] bytes, int slot) {
        if (slots.type(slot) == Fingerprint.OBJECT) {
            ExtendedJson.Inside inside = plan.inside(bytes, slots.start(slot), slot);
            return TextCasts.textForm(inside.bytes(), inside.from(), inside.to(), inside.type());
        }
        int from = slots.start(slot);
        int to = slots.end(slot);
        int type = slots.type(slot);
        return type == Fingerprint.STRING && ExtendedJson.isObjectId(bytes, from, to)
                ? new String(bytes, ExtendedJson.digits(from), 24, StandardCharsets.US_ASCII)
                : TextCasts.textForm(bytes, from, to, type);
    }

    /** Why an id cannot be one, or null. */
    static Fault problemOf(String recordId) {
        if (recordId == null) {
            return Fault.of(
                    ErrorCode.RECORD_ID_MISSING,
                    ErrorCode.RECORD_ID_MISSING.summary()
                            + " "
                            + ErrorCode.RECORD_ID_MISSING.remedy());
        }
        int length = recordId.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_RECORD_ID) {
            return Fault.of(
                    ErrorCode.VALUE_TOO_LONG,
                    "the record id has %d bytes of UTF-8; the limit is %d."
                            .formatted(length, MAX_RECORD_ID));
        }
        return JsonText.isUnstorable(recordId)
                ? Fault.of(ErrorCode.VALUE_TEXT, "record id: " + ErrorCode.VALUE_TEXT.summary())
                : null;
    }
}
