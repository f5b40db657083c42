package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.JsonText;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * Dates and timestamps: ISO 8601 and its common variants, epoch seconds and milliseconds, or the
 * formats a mapping names, tried in their order.
 *
 * <p>Where no format is named, numbers below 10^11 in size are epoch seconds and larger ones
 * milliseconds; a text of digits counts as a number from nine characters on.
 */
final class TimeCast implements Cast {

    static final String ISO = "iso";
    static final String EPOCH_SECONDS = "epoch-s";
    static final String EPOCH_MILLIS = "epoch-ms";

    private static final int LONGEST_TEXT = 100;
    private static final int SHORTEST_EPOCH_TEXT = 9;
    private static final int MOST_EPOCH_DIGITS = 15;
    private static final BigDecimal MILLIS_FROM = new BigDecimal("100000000000");
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);
    private static final BigDecimal THOUSAND = new BigDecimal(1_000);
    private static final BigDecimal MOST_MICROS = BigDecimal.valueOf(Long.MAX_VALUE / 2);
    private static final long DAY_MICROS = 86_400_000_000L;

    private final boolean dateOnly;
    private final Form[] forms;

    /** One way to read a value: JSON's text without quotes, or a number. */
    private interface Form {

        /** Says what stands between two positions, as {@link IsoTime#parse} does. */
        int read(byte[] bytes, int from, int to, boolean isText, IsoTime time);
    }

    /**
     * A cast for the formats, or for the defaults where there are none.
     *
     * @throws IllegalArgumentException if a format is no pattern
     */
    TimeCast(boolean dateOnly, List<String> formats) {
        this(dateOnly, formats, formats.isEmpty());
    }

    private TimeCast(boolean dateOnly, List<String> formats, boolean withDefaults) {
        this.dateOnly = dateOnly;
        Stream<Form> named = formats.stream().map(TimeCast::form);
        Stream<Form> defaults = Stream.of(form(ISO), TimeCast::epochBySize);
        this.forms = (withDefaults ? Stream.concat(named, defaults) : named).toArray(Form[]::new);
    }

    /** A cast for a record's clock: the formats that its own field names, then the defaults. */
    static TimeCast ofClock(List<String> formats) {
        return withDefaults(false, formats);
    }

    /** A cast for the formats, then the defaults. */
    static TimeCast withDefaults(boolean dateOnly, List<String> formats) {
        return new TimeCast(dateOnly, formats, true);
    }

    private static Form form(String format) {
        switch (format) {
            case ISO:
                return (bytes, from, to, isText, time) ->
                        isText ? time.parse(bytes, from, to) : IsoTime.NONE;
            case EPOCH_SECONDS:
                return (bytes, from, to, isText, time) -> epoch(bytes, from, to, MILLION, time);
            case EPOCH_MILLIS:
                return (bytes, from, to, isText, time) -> epoch(bytes, from, to, THOUSAND, time);
            default:
                TimeFormat pattern = new TimeFormat(format);
                return (bytes, from, to, isText, time) ->
                        to - from > LONGEST_TEXT
                                ? IsoTime.NONE
                                : pattern.read(JsonText.decode(bytes, from, to), time);
        }
    }

    @Override
    public ErrorCode cast(byte[] bytes, int from, int to, int jsonType, CastTarget target) {
        IsoTime time = target.time;
        int kind = read(bytes, from, to, jsonType, time);
        if (kind == IsoTime.NONE) {
            return jsonType == Fingerprint.STRING || jsonType == Fingerprint.NUMBER
                    ? ErrorCode.VALUE_TIME
                    : ErrorCode.VALUE_TYPE;
        }
        if (dateOnly) {
            if (time.isCut() || !time.isMidnight()) {
                target.note("truncated", "the time of day was left out");
            }
            time.writeDate(bytes, target.out);
            return null;
        }
        if (time.isCut()) {
            target.note("truncated", "microseconds are kept");
        } else if (kind != IsoTime.ZONED) {
            target.note("assumed-utc", "the value names no zone");
        }
        time.writeInstant(bytes, target.out);
        return null;
    }

    /** The value in epoch microseconds, or {@code Long.MIN_VALUE} where it cannot be read. */
    long micros(byte[] bytes, int from, int to, int jsonType, IsoTime time) {
        return read(bytes, from, to, jsonType, time) == IsoTime.NONE
                ? Long.MIN_VALUE
                : time.epochMicros();
    }

    private int read(byte[] bytes, int from, int to, int jsonType, IsoTime time) {
        boolean isText = jsonType == Fingerprint.STRING;
        if (!isText && jsonType != Fingerprint.NUMBER) {
            return IsoTime.NONE;
        }
        int start = isText ? Numbers.trimStart(bytes, from + 1, to - 1) : from;
        int end = isText ? Numbers.trimEnd(bytes, start, to - 1) : to;
        for (Form form : forms) {
            int kind = form.read(bytes, start, end, isText, time);
            if (kind != IsoTime.NONE) {
                return kind;
            }
        }
        return IsoTime.NONE;
    }

    private static int epochBySize(byte[] bytes, int from, int to, boolean isText, IsoTime time) {
        if (isText
                && (to - from < SHORTEST_EPOCH_TEXT || !Numbers.isPlainDecimal(bytes, from, to))) {
            return IsoTime.NONE;
        }
        return epoch(bytes, from, to, null, time);
    }

    /** Units of so many microseconds since the epoch; by size where the unit is null. */
    private static int epoch(byte[] bytes, int from, int to, BigDecimal unit, IsoTime time) {
        BigDecimal value = Numbers.decimal(bytes, from, to);
        if (value == null
                || Math.abs((long) value.precision() - value.scale()) > MOST_EPOCH_DIGITS) {
            return IsoTime.NONE;
        }
        boolean seconds = unit == null && value.abs().compareTo(MILLIS_FROM) < 0;
        BigDecimal exact = value.multiply(unit != null ? unit : seconds ? MILLION : THOUSAND);
        BigDecimal floor = exact.setScale(0, RoundingMode.FLOOR);
        if (floor.abs().compareTo(MOST_MICROS) > 0) {
            return IsoTime.NONE;
        }
        long micros = floor.longValueExact();
        long rest = Math.floorMod(micros, DAY_MICROS);
        int cut = exact.compareTo(floor) == 0 ? 0 : 1;
        time.set(
                Math.floorDiv(micros, DAY_MICROS),
                (int) (rest / 1_000_000),
                (int) (rest % 1_000_000) * 1_000 + cut,
                0);
        return time.isInRange() ? IsoTime.ZONED : IsoTime.NONE;
    }

    /** A format's problem, or null. */
    static String problemOf(String format) {
        try {
            form(format);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
