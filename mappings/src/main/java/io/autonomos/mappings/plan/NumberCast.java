package io.autonomos.mappings.plan;

import io.autonomos.mappings.expression.WrittenNumber;
import io.autonomos.mappings.scan.JsonText;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Integers and decimals, exact, from numbers and from text.
 *
 * <p>A plain number passes as its bytes; only another notation, a scale or a bound that is near
 * costs an exact decimal. A text may group its digits, where that leaves one number to mean.
 */
final class NumberCast implements Cast {

    private static final int WHOLE_DIGITS = FieldType.DECIMAL_PRECISION - FieldType.DECIMAL_SCALE;
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private final boolean integer;
    private final BigDecimal scale;
    private final BigDecimal minimum;
    private final BigDecimal maximum;
    private final boolean atLeastZero;
    private final long below;

    NumberCast(EntityField field, BigDecimal scale) {
        this.integer = field.type() == FieldType.INTEGER;
        this.scale = scale;
        this.minimum = field.minimum();
        this.maximum = field.maximum();
        this.atLeastZero = minimum != null && minimum.signum() == 0;
        this.below = maximum == null ? Long.MAX_VALUE : maximum.longValue();
    }

    @Override
    public ErrorCode cast(byte[] bytes, int from, int to, int jsonType, CastTarget target) {
        int start = from;
        int end = to;
        if (jsonType == Fingerprint.STRING) {
            start = Numbers.trimStart(bytes, from + 1, to - 1);
            end = Numbers.trimEnd(bytes, start, to - 1);
        } else if (jsonType != Fingerprint.NUMBER) {
            return ErrorCode.VALUE_TYPE;
        }
        if (scale == null && isPlain(bytes, start, end)) {
            target.out.put(bytes, start, end);
            return null;
        }
        return exact(bytes, start, end, jsonType, target);
    }

    /** Whether the bytes can pass as they stand, all bounds certainly kept. */
    private boolean isPlain(byte[] bytes, int start, int end) {
        if (!Numbers.isPlainDecimal(bytes, start, end)) {
            return false;
        }
        boolean bounded = minimum != null || maximum != null;
        if (!integer && !bounded) {
            return true;
        }
        boolean simple = bytes[start] != '-' && (minimum == null || atLeastZero);
        if (!simple || end - start > 18) {
            return false;
        }
        long whole = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '.') {
                return !integer && whole < below;
            }
            whole = whole * 10 + bytes[i] - '0';
        }
        return whole <= below;
    }

    private ErrorCode exact(byte[] bytes, int start, int end, int jsonType, CastTarget target) {
        if (end - start > Numbers.MAX_LENGTH) {
            return ErrorCode.VALUE_TOO_LONG;
        }
        BigDecimal value = Numbers.decimal(bytes, start, end);
        if (value == null && jsonType == Fingerprint.STRING) {
            value =
                    WrittenNumber.bare(
                            JsonText.decode(bytes, start, end), integer && scale == null);
        }
        if (value == null) {
            // A number of JSON that is no decimal of Java has an exponent of ten digits or more.
            return jsonType == Fingerprint.NUMBER ? ErrorCode.VALUE_RANGE : ErrorCode.VALUE_NUMBER;
        }
        if (value.signum() == 0) {
            value = BigDecimal.ZERO;
        }
        if ((long) value.precision() - value.scale() > 2L * WHOLE_DIGITS) {
            return ErrorCode.VALUE_RANGE;
        }
        if (scale != null) {
            value = value.multiply(scale).stripTrailingZeros();
        }
        if (value.scale() > FieldType.DECIMAL_SCALE) {
            if (integer) {
                return ErrorCode.VALUE_NUMBER;
            }
            value = round(value, target);
        }
        if (value.precision() - value.scale() > WHOLE_DIGITS) {
            return ErrorCode.VALUE_RANGE;
        }
        if (integer) {
            return integer(value, target);
        }
        if (isOutOfBounds(value)) {
            return ErrorCode.VALUE_RANGE;
        }
        target.out.ascii(value.toPlainString());
        return null;
    }

    /** At most 18 digits after the point; what lies far below that is zero. */
    private static BigDecimal round(BigDecimal value, CastTarget target) {
        if ((long) value.precision() - value.scale() < -FieldType.DECIMAL_SCALE) {
            target.note("rounded", "18 digits after the point are kept");
            return BigDecimal.ZERO;
        }
        BigDecimal rounded = value.setScale(FieldType.DECIMAL_SCALE, RoundingMode.HALF_EVEN);
        if (rounded.compareTo(value) != 0) {
            target.note("rounded", "18 digits after the point are kept");
        }
        return rounded.stripTrailingZeros();
    }

    private ErrorCode integer(BigDecimal value, CastTarget target) {
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > 0) {
            return ErrorCode.VALUE_NUMBER;
        }
        BigInteger whole = stripped.toBigIntegerExact();
        if (whole.compareTo(LONG_MAX) > 0
                || whole.compareTo(LONG_MIN) < 0
                || isOutOfBounds(stripped)) {
            return ErrorCode.VALUE_RANGE;
        }
        target.out.number(whole.longValueExact());
        return null;
    }

    private boolean isOutOfBounds(BigDecimal value) {
        return (minimum != null && value.compareTo(minimum) < 0)
                || (maximum != null && value.compareTo(maximum) > 0);
    }
}
