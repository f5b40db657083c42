package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.Slots;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.Fingerprint;
import io.autonomos.schemas.model.EntityField;
import java.util.Arrays;

/**
 * Fills the canonical fields of one record from its slots: first present path, cast, default,
 * change note or fault.
 */
final class FieldEvaluator {

    private final FieldPlan[] fields;
    private final Plan plan;
    private final Slots slots;
    private final JsonBuffer data = new JsonBuffer(2048);
    private final JsonBuffer changes = new JsonBuffer(256);
    private final CastTarget target = new CastTarget(data);
    private final int[] values;
    private final boolean[] control;
    private final boolean[] used;
    private final EntityField soleIdentity;
    private String recordId;

    FieldEvaluator(Plan plan, Slots slots) {
        this.plan = plan;
        this.fields = plan.fields();
        this.slots = slots;
        this.values = new int[2 * plan.entity().fields().size()];
        this.used = new boolean[plan.scan().slotCount()];
        this.control = new boolean[used.length];
        this.soleIdentity =
                plan.entity().identity().size() == 1
                        ? plan.entity().field(plan.entity().identity().get(0))
                        : null;
        int[][] id = plan.recordIdSlots();
        for (int[] each : new int[][] {id.length == 1 ? id[0] : new int[0], plan.clockSlots()}) {
            for (int slot : each) {
                control[slot] = true;
            }
        }
    }

    /**
     * Fills all fields; returns why the record cannot be translated, or null.
     *
     * @param headerId the id from the record's address, or null; stands in for an absent identity
     * @param duplicateName a name that stood twice in one object, or null
     */
    Fault evaluate(byte[] bytes, boolean delete, String headerId, String duplicateName) {
        recordId = headerId;
        data.truncate(0);
        changes.truncate(0);
        Arrays.fill(values, -1);
        System.arraycopy(control, 0, used, 0, used.length);
        for (int slot : plan.deleteSlots()) {
            used[slot] |= isFlag(bytes, slot);
        }
        if (duplicateName != null) {
            change(duplicateName, "duplicate-name", "the last of the equal names counts");
        }
        for (FieldPlan field : fields) {
            Fault fault = fill(field, bytes, delete);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** Whether a delete rule's value says nothing but yes or no: the event's op says it too. */
    private boolean isFlag(byte[] bytes, int slot) {
        if (slots.type(slot) != Fingerprint.STRING) {
            return slots.type(slot) == Fingerprint.BOOLEAN;
        }
        int length = slots.end(slot) - slots.start(slot) - 2;
        if (length != 4 && length != 5) {
            return false;
        }
        String text =
                TextCasts.textForm(bytes, slots.start(slot), slots.end(slot), Fingerprint.STRING);
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private Fault fill(FieldPlan plan, byte[] bytes, boolean delete) {
        int chosen = -1;
        for (int i = 0; i < plan.slots().length && chosen < 0; i++) {
            if (hasValue(plan.slots()[i])) {
                chosen = i;
            }
        }
        int start = open(plan);
        if (chosen < 0) {
            return absent(plan, start, delete);
        }
        int slot = plan.slots()[chosen];
        int from = slots.start(slot);
        int to = slots.end(slot);
        int before = data.size();
        ErrorCode error = plan.cast().cast(bytes, from, to, slots.type(slot), target);
        if (error != null) {
            data.truncate(start);
            target.clearNote();
            return failed(plan, chosen, error, delete);
        }
        if (isNull(before)) {
            data.truncate(start);
            used[slot] = true;
            return plan.field().required() && !delete ? missing(plan) : null;
        }
        close(plan, before);
        boolean exact = true;
        if (target.noteKind() != null) {
            change(plan.field().name(), target.noteKind(), target.noteReason());
            exact = !"rounded".equals(target.noteKind()) && !"truncated".equals(target.noteKind());
            target.clearNote();
        }
        used[slot] |= exact;
        for (int i = chosen + 1; i < plan.slots().length; i++) {
            int other = plan.slots()[i];
            if (slots.type(other) == Slots.ABSENT
                    || Arrays.equals(
                            bytes, from, to, bytes, slots.start(other), slots.end(other))) {
                used[other] = true;
            }
        }
        return null;
    }

    private Fault absent(FieldPlan plan, int start, boolean delete) {
        if (plan.field() == soleIdentity && recordId != null) {
            int before = data.size();
            data.quoted(recordId);
            close(plan, before);
            return null;
        }
        if (plan.defaultToken() != null && !delete) {
            int before = data.size();
            data.put(plan.defaultToken());
            close(plan, before);
            change(plan.field().name(), "default", "the source has no value");
            return null;
        }
        data.truncate(start);
        return plan.field().required() && !delete ? missing(plan) : null;
    }

    private static Fault missing(FieldPlan plan) {
        return Fault.of(
                ErrorCode.REQUIRED_MISSING,
                plan.field().name(),
                "the required field %s has no value at %s. %s"
                        .formatted(
                                plan.field().name(),
                                String.join(" or ", plan.paths()),
                                ErrorCode.REQUIRED_MISSING.remedy()));
    }

    private Fault failed(FieldPlan plan, int chosen, ErrorCode error, boolean delete) {
        if (!delete && (plan.field().required() || plan.rejects())) {
            return Fault.of(
                    error,
                    plan.field().name(),
                    "field %s from %s: %s %s"
                            .formatted(
                                    plan.field().name(),
                                    plan.paths()[chosen],
                                    error.summary(),
                                    error.remedy()));
        }
        change(plan.field().name(), "null", error.code() + " " + error.summary());
        return null;
    }

    private int open(FieldPlan plan) {
        int start = data.size();
        if (start > 0) {
            data.put(',');
        }
        data.put(plan.name());
        return start;
    }

    private void close(FieldPlan plan, int from) {
        values[2 * plan.field().index()] = from;
        values[2 * plan.field().index() + 1] = data.size();
    }

    /** A value map may say that a value means null; an empty result is null as well. */
    private boolean isNull(int from) {
        int length = data.size() - from;
        return (length == 4 && data.at(from) == 'n')
                || (length == 2 && "\"[{".indexOf(data.at(from)) >= 0);
    }

    private boolean hasValue(int slot) {
        int type = slots.type(slot);
        return type != Slots.ABSENT
                && type != Fingerprint.NULL
                && (type != Fingerprint.STRING || slots.end(slot) - slots.start(slot) > 2);
    }

    /** Whether a mapped value must go to extras because it did not become the canonical value. */
    boolean isLeftOver(int slot) {
        // An object where a clock or an id is looked for was not read as one.
        boolean unread = control[slot] && slots.type(slot) <= Fingerprint.ARRAY;
        return hasValue(slot) && (unread || !used[slot]);
    }

    /** Writes the members of {@code data}; returns where the values stand. */
    int[] write(JsonBuffer out) {
        int shift = out.size();
        int[] placed = new int[values.length];
        for (int i = 0; i < placed.length; i++) {
            placed[i] = values[i] < 0 ? -1 : values[i] + shift;
        }
        data.copyTo(out);
        return placed;
    }

    void writeChanges(JsonBuffer out) {
        changes.copyTo(out);
    }

    /** The record id of an entity that several fields identify; null where all are absent. */
    String compositeId() {
        StringBuilder id = new StringBuilder();
        boolean any = false;
        for (String name : plan.entity().identity()) {
            int index = plan.entity().field(name).index();
            if (!id.isEmpty() || any) {
                id.append('|');
            }
            any = true;
            if (values[2 * index] >= 0) {
                String token = data.text(values[2 * index], values[2 * index + 1]);
                String text =
                        token.startsWith("\"") ? token.substring(1, token.length() - 1) : token;
                id.append(text.replace("|", "\\|"));
            }
        }
        return id.length() < plan.entity().identity().size() ? null : id.toString();
    }

    private void change(String field, String kind, String reason) {
        if (changes.size() > 0) {
            changes.put(',');
        }
        changes.ascii("{\"field\":").quoted(field).ascii(",\"kind\":\"").ascii(kind);
        changes.ascii("\",\"reason\":").quoted(reason).put('}');
    }
}
