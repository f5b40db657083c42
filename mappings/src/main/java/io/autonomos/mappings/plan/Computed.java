package io.autonomos.mappings.plan;

import io.autonomos.mappings.expression.Expression;
import io.autonomos.mappings.expression.ExpressionException;
import io.autonomos.mappings.expression.Values;
import io.autonomos.mappings.scan.Slots;

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

    /** Whether the condition holds for the record that was scanned last. */
    boolean holds(byte[] bytes, Slots found) throws ExpressionException {
        if (evaluate(bytes, found) instanceof Boolean yes) {
            return yes;
        }
        throw Values.notBoolean();
    }
}
