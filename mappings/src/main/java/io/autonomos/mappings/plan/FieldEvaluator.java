package io.autonomos.mappings.plan;

import io.autonomos.mappings.expression.ExpressionException;
import io.autonomos.mappings.expression.Values;
import io.autonomos.mappings.scan.ExtendedJson;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.Slots;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.Fingerprint;
import io.autonomos.schemas.model.EntityField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Fills the canonical fields of one record from its slots: first present path, cast, default,
 * change note or fault.
 */
final class FieldEvaluator {

    private static final String EXPRESSION = "its expression";
    private static final Set<String> INEXACT = Set.of("rounded", "truncated", "reformatted");

    private final FieldPlan[] fields;
    private final Plan plan;
    private final Slots slots;
    private final JsonBuffer data = new JsonBuffer(2048);
    private final JsonBuffer changes = new JsonBuffer(256);
    private final JsonBuffer scratch = new JsonBuffer(256);
    private final CastTarget target = new CastTarget(data);
    private final int[] values;
    private final boolean[] used;
    private final EntityField soleIdentity;
    private List<String> unread = List.of();

    FieldEvaluator(Plan plan, Slots slots) {
        this.plan = plan;
        this.fields = plan.fields();
        this.slots = slots;
        this.values = new int[2 * plan.entity().fields().size()];
        this.used = new boolean[plan.scan().slotCount()];
        this.soleIdentity = plan.entity().soleIdentity();
    }

    /**
     * Fills all fields; returns why the record cannot be translated, or null.
     *
     * @param headerId the id from the record's address, or null; stands in for an absent identity
     * @param duplicateName a name that stood twice in one object, or null
     */
    Fault evaluate(byte[] bytes, boolean delete, String headerId, String duplicateName) {
        data.reset();
        changes.reset();
        unread = List.of();
        Arrays.fill(values, -1);
        Arrays.fill(used, false);
        if (duplicateName != null) {
            change(duplicateName, "duplicate-name", "the last of the equal names counts");
        }
        for (FieldPlan field : fields) {
            Fault fault = fill(field, bytes, delete, headerId);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** Notes that a slot's value stands in the envelope, and so need not stand in extras. */
    void use(int slot) {
        used[slot] = true;
    }

    private Fault fill(FieldPlan plan, byte[] bytes, boolean delete, String headerId) {
        int start = open(plan);
        if (plan.when() != null || plan.computed() != null) {
            return fillComputed(plan, bytes, start, delete, headerId);
        }
        return fillFromPaths(plan, bytes, start, delete, headerId);
    }

    private Fault fillFromPaths(
            FieldPlan plan, byte[] bytes, int start, boolean delete, String headerId) {
        int chosen = firstPresent(plan);
        if (chosen < 0) {
            return absent(plan, start, delete, headerId);
        }
        int slot = plan.slots()[chosen];
        int from = slots.start(slot);
        int to = slots.end(slot);
        int before = data.size();
        ErrorCode error = plan.cast().cast(bytes, from, to, slots.type(slot), target);
        if (error != null && slots.type(slot) == Fingerprint.STRING) {
            error = castWithoutEscapes(plan, bytes, from, to, before, error);
        }
        if (error == ErrorCode.VALUE_TYPE && slots.type(slot) == Fingerprint.OBJECT) {
            error = castInside(plan, bytes, slot, before);
        }
        if (error != null) {
            return failed(plan, start, plan.paths()[chosen], error, error.summary(), delete);
        }
        if (isNull(before)) {
            used[slot] = true;
            return nulled(plan, start, before, delete);
        }
        used[slot] |= finish(plan, before);
        for (int i = chosen + 1; i < plan.slots().length; i++) {
            int other = plan.slots()[i];
            if (isSame(bytes, slot, other)) {
                used[other] = true;
            }
        }
        return null;
    }

    /** Which of the paths is the first that has a value, or -1. */
    private int firstPresent(FieldPlan plan) {
        for (int i = 0; i < plan.slots().length; i++) {
            if (hasValue(plan.slots()[i]) && !isHollow(plan.inner()[i], plan.slots()[i])) {
                return i;
            }
        }
        return -1;
    }

    private Fault fillComputed(
            FieldPlan plan, byte[] bytes, int start, boolean delete, String headerId) {
        try {
            if (plan.when() != null && !plan.when().holds(bytes, slots)) {
                return absent(plan, start, delete, headerId);
            }
            if (plan.computed() == null || firstPresent(plan) >= 0) {
                return fillFromPaths(plan, bytes, start, delete, headerId);
            }
            Object value = plan.computed().evaluate(bytes, slots);
            if (value == null || value.equals("")) {
                return absent(plan, start, delete, headerId);
            }
            scratch.reset();
            int type = Values.write(value, scratch);
            byte[] token = scratch.toBytes();
            int before = data.size();
            ErrorCode error = plan.cast().cast(token, 0, token.length, type, target);
            if (error != null) {
                return failed(plan, start, EXPRESSION, error, error.summary(), delete);
            }
            if (isNull(before)) {
                return nulled(plan, start, before, delete);
            }
            if (finish(plan, before)) {
                plan.computed().markKept(bytes, slots, value, used);
            }
            return null;
        } catch (ExpressionException e) {
            ErrorCode code = ErrorCode.VALUE_EXPRESSION;
            String reason = "The expression has no value: " + e.getMessage() + ".";
            return failed(plan, start, EXPRESSION, code, reason, delete);
        }
    }

    /** Closes a field that has its value; says whether the value is the source's, exactly. */
    private boolean finish(FieldPlan plan, int before) {
        close(plan, before);
        if (target.noteKind() == null) {
            return true;
        }
        change(plan.field().name(), target.noteKind(), target.noteReason());
        boolean exact = !INEXACT.contains(target.noteKind());
        target.clearNote();
        return exact;
    }

    private Fault nulled(FieldPlan plan, int start, int before, boolean delete) {
        if (data.at(before) == 'n') {
            change(plan.field().name(), "null", "the value map says so");
        }
        data.truncate(start);
        return plan.field().required() && !delete ? missing(plan) : null;
    }

    /** Whether two paths hold the same value, so that it need not be kept twice. */
    private boolean isSame(byte[] bytes, int slot, int other) {
        int type = slots.type(slot);
        if (slots.type(other) != type) {
            return false;
        }
        int from = slots.start(slot);
        int to = slots.end(slot);
        int otherFrom = slots.start(other);
        int otherTo = slots.end(other);
        return Arrays.equals(bytes, from, to, bytes, otherFrom, otherTo)
                || (type == Fingerprint.STRING
                        && TextCasts.isSameText(bytes, from, to, otherFrom, otherTo));
    }

    /** Casts read plain bytes; a text may be escaped where it need not be. */
    private ErrorCode castWithoutEscapes(
            FieldPlan plan, byte[] bytes, int from, int to, int before, ErrorCode error) {
        byte[] plain = TextCasts.withoutEscapes(bytes, from, to);
        if (plain == null) {
            return error;
        }
        data.truncate(before);
        return plan.cast().cast(plain, 0, plain.length, Fingerprint.STRING, target);
    }

    /** MongoDB wraps values in objects that name their types. */
    private ErrorCode castInside(FieldPlan plan, byte[] bytes, int slot, int before) {
        ExtendedJson.Inside inside = this.plan.inside(bytes, slots.start(slot), slot);
        if (inside == null) {
            return ErrorCode.VALUE_TYPE;
        }
        data.truncate(before);
        return plan.cast().cast(inside.bytes(), inside.from(), inside.to(), inside.type(), target);
    }

    private Fault absent(FieldPlan plan, int start, boolean delete, String headerId) {
        if (plan.field().equals(soleIdentity) && headerId != null) {
            int before = data.size();
            data.quoted(headerId);
            close(plan, before);
            return null;
        }
        if (plan.constantToken() != null && !delete) {
            int before = data.size();
            data.put(plan.constantToken());
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
                                plan.paths().length == 0
                                        ? EXPRESSION
                                        : String.join(" or ", plan.paths()),
                                ErrorCode.REQUIRED_MISSING.remedy()));
    }

    private Fault failed(
            FieldPlan plan, int start, String from, ErrorCode code, String reason, boolean delete) {
        data.truncate(start);
        target.clearNote();
        String name = plan.field().name();
        if (!delete && (plan.field().required() || plan.rejects())) {
            String text = "field %s from %s: %s %s".formatted(name, from, reason, code.remedy());
            return Fault.of(code, name, text);
        }
        change(name, "null", code.code() + " " + reason);
        if (unread.isEmpty()) {
            unread = new ArrayList<>();
        }
        unread.add(name);
        return null;
    }

    /** The fields of the last record whose value could not be read, so that they stay empty. */
    List<String> unread() {
        return unread;
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

    /**
     * Whether a list or object is there only for what other paths look for inside it, and these
     * find nothing: an address list whose first address is empty is no address.
     */
    private boolean isHollow(int[] inner, int slot) {
        if (inner.length == 0 || !isNested(slot)) {
            return false;
        }
        for (int each : inner) {
            if (slots.type(each) != Slots.ABSENT) {
                return true; // without a value, or it would have been taken before
            }
        }
        return slots.type(slot) == Fingerprint.ARRAY && slots.end(slot) - slots.start(slot) == 2;
    }

    /** How many of the paths that the mapping names have a text, number or boolean. */
    int scalars() {
        int count = 0;
        for (int slot = 0; slot < used.length; slot++) {
            count += hasValue(slot) && !isNested(slot) ? 1 : 0;
        }
        return count;
    }

    private boolean isNested(int slot) {
        return slots.type(slot) == Fingerprint.ARRAY || slots.type(slot) == Fingerprint.OBJECT;
    }

    private boolean hasValue(int slot) {
        int type = slots.type(slot);
        return type != Slots.ABSENT
                && type != Fingerprint.NULL
                && (type != Fingerprint.STRING || slots.end(slot) - slots.start(slot) > 2);
    }

    /** Whether a mapped value must go to extras because it did not become the canonical value. */
    boolean isLeftOver(int slot) {
        return !used[slot] && hasValue(slot);
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

    /**
     * The record id that the identity's values make, of which some may be absent where they are
     * several. Null where all are, or where a delete lacks one that every record has: it could mean
     * another.
     */
    String compositeId(boolean delete) {
        if (soleIdentity != null) {
            int from = values[2 * soleIdentity.index()];
            return from < 0 ? null : text(from, values[2 * soleIdentity.index() + 1]);
        }
        JoinedId id = new JoinedId();
        for (String name : plan.entity().identity()) {
            EntityField field = plan.entity().field(name);
            int from = values[2 * field.index()];
            if (from >= 0) {
                id.add(text(from, values[2 * field.index() + 1]));
            } else if (delete && field.required()) {
                return null;
            } else {
                id.add(null);
            }
        }
        return id.text();
    }

    /** The text of a canonical value. */
    private String text(int from, int to) {
        byte[] token = data.toBytes(from, to);
        int type = token[0] == '"' ? Fingerprint.STRING : Fingerprint.NUMBER;
        return TextCasts.textForm(token, 0, token.length, type);
    }

    private void change(String field, String kind, String reason) {
        if (changes.size() > 0) {
            changes.put(',');
        }
        changes.ascii("{\"field\":").quoted(field).ascii(",\"kind\":\"").ascii(kind);
        changes.ascii("\",\"reason\":").quoted(reason).put('}');
    }
}
