package io.autonomos.mappings.plan;

import io.autonomos.mappings.expression.Expression;
import io.autonomos.mappings.expression.ExpressionException;
import io.autonomos.mappings.expression.Values;
import io.autonomos.mappings.scan.Slots;
import io.autonomos.schemas.Fingerprint;

/** An expression with the slots of the paths it reads. Immutable. */
final class Computed {

    private final Expression expression;
    private final int[] slots;

    Computed(Expression expression, int[] slots) {
        this.expression = expression;
        this.slots = slots;
    }

    /** The slots it reads. */
    int[] slots() {
        return slots;
    }

    /** Whether it can end without a value although its fields are there. */
    boolean isFallible() {
        return expression.isFallible();
    }

    /** Its value for the record that was scanned last; null where it is null. */
    Object evaluate(byte[] bytes, Slots found) throws ExpressionException {
        Object[] values = new Object[slots.length];
        for (int i = 0; i < values.length; i++) {
            int slot = slots[i];
            int type = found.type(slot);
            if (type != Slots.ABSENT) {
                values[i] = Values.ofToken(bytes, found.start(slot), found.end(slot), type);
            }
        }
        return expression.evaluate(values);
    }

    /**
     * Marks the fields whose values can be read in the result: a text that is part of it, an equal
     * number, a boolean. A zone of which the region was taken, or a price that was multiplied, is
     * not: it stays in extras. So does a list, for it may hold more than was taken.
     */
    void markKept(byte[] bytes, Slots found, Object result, boolean[] kept)
            throws ExpressionException {
        for (int slot : slots) {
            int type = found.type(slot);
            kept[slot] |=
                    type == Fingerprint.BOOLEAN
                            || ((type == Fingerprint.STRING || type == Fingerprint.NUMBER)
                                    && isKept(bytes, found, slot, result));
        }
    }

    private static boolean isKept(byte[] bytes, Slots found, int slot, Object result)
            throws ExpressionException {
        int from = found.start(slot);
        int to = found.end(slot);
        return Values.holds(result, Values.ofToken(bytes, from, to, found.type(slot)));
    }

    /** Whether the condition holds for the record that was scanned last. */
    boolean holds(byte[] bytes, Slots found) throws ExpressionException {
        if (evaluate(bytes, found) instanceof Boolean yes) {
            return yes;
        }
        throw Values.notBoolean();
    }
}
