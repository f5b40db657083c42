package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.JsonText;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Dates and timestamps: ISO 8601 and its common variants, epoch seconds and milliseconds, and the
 * formats a mapping names, in their order.
 *
 * <p>Numbers below 10^11 in size are epoch seconds, larger ones milliseconds, unless the mapping
 * names the unit.
 */
final class TimeCast implements Cast {

    static final String ISO = "iso";
    static final String EPOCH_SECONDS = "epoch-s";
    static final String EPOCH_MILLIS = "epoch-ms";

    private static final BigDecimal MILLIS_FROM = new BigDecimal("100000000000");
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);
    private static final BigDecimal THOUSAND = new BigDecimal(1_000);
    private static final BigDecimal MAX_MICROS =
            new BigDecimal(IsoTime.epochDay(9999, 12, 31) * 86_400_000_000L);
    private static final BigDecimal MIN_MICROS =
            new BigDecimal(IsoTime.epochDay(1, 1, 1) * 86_400_000_000L);

    private final boolean dateOnly;
    private final boolean iso;
    private final BigDecimal epochUnit;
    private final boolean epoch;
    private final List<DateTimeFormatter> patterns = new ArrayList<>();

    /**
     * A cast for the formats; empty means {@code iso} and epoch by size.
     *
     * @throws IllegalArgumentException if a format is no pattern
     */
    TimeCast(boolean dateOnly, List<String> formats) {
        this.dateOnly = dateOnly;
        this.iso = formats.isEmpty() || formats.contains(ISO);
        this.epochUnit =
                formats.contains(EPOCH_SECONDS)
                        ? MILLION
                        : formats.contains(EPOCH_MILLIS) ? THOUSAND : null;
        this.epoch = formats.isEmpty() || epochUnit != null;
        for (String format : formats) {
            if (!List.of(ISO, EPOCH_SECONDS, EPOCH_MILLIS).contains(format)) {
                patterns.add(formatter(format));
            }
        }
    }

    private static DateTimeFormatter formatter(String pattern) {
        StringBuilder strict = new StringBuilder();
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            strict.append(c == 'y' && !quoted ? 'u' : c);
        }
        return DateTimeFormatter.ofPattern(strict.toString(), Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    @Override
    public ErrorCode cast(byte[] bytes, int from, int to, int jsonType, CastTarget target) {
        int kind = read(bytes, from, to, jsonType, target.time);
        if (kind == IsoTime.NONE) {
            return jsonType == Fingerprint.STRING || jsonType == Fingerprint.NUMBER
                    ? ErrorCode.VALUE_TIME
                    : ErrorCode.VALUE_TYPE;
        }
        IsoTime time = target.time;
        if (dateOnly) {
            if (kind != IsoTime.DATE
                    && Math.floorMod(time.epochMicros(), 86_400_000_000L) != 0) {
                target.note("truncated", "the time of day was left out");
            }
            target.out.date(time.utcDay());
            return null;
        }
        if (kind != IsoTime.ZONED) {
            target.note("assumed-utc", "the value names no zone");
        } else if (time.hasNanos()) {
            target.note("truncated", "microseconds are kept");
        }
        target.out.instant(time.epochMicros());
        return null;
    }

    /** The value in epoch microseconds, or {@code Long.MIN_VALUE} where it cannot be read. */
    long micros(byte[] bytes, int from, int to, int jsonType, IsoTime time) {
        return read(bytes, from, to, jsonType, time) == IsoTime.NONE
                ? Long.MIN_VALUE
                : time.epochMicros();
    }

    private int read(byte[] bytes, int from, int to, int jsonType, IsoTime time) {
        if (jsonType == Fingerprint.NUMBER) {
            return epoch ? epoch(bytes, from, to, time) : pattern(bytes, from, to, time);
        }
        if (jsonType != Fingerprint.STRING) {
            return IsoTime.NONE;
        }
        int start = Numbers.trimStart(bytes, from + 1, to - 1);
        int end = Numbers.trimEnd(bytes, start, to - 1);
        if (iso) {
            int kind = time.parse(bytes, start, end);
            if (kind != IsoTime.NONE) {
                return kind;
            }
        }
        if (epoch && end - start >= 9 && Numbers.isPlainDecimal(bytes, start, end)) {
            return epoch(bytes, start, end, time);
        }
        return pattern(bytes, start, end, time);
    }

    private int epoch(byte[] bytes, int from, int to, IsoTime time) {
        BigDecimal value = Numbers.decimal(bytes, from, to);
        if (value == null || value.precision() - value.scale() > 15 || value.scale() > 18) {
            return IsoTime.NONE;
        }
        BigDecimal unit =
                epochUnit != null
                        ? epochUnit
                        : value.abs().compareTo(MILLIS_FROM) < 0 ? MILLION : THOUSAND;
        BigDecimal micros = value.multiply(unit);
        if (micros.compareTo(MAX_MICROS) > 0 || micros.compareTo(MIN_MICROS) < 0) {
            return IsoTime.NONE;
        }
        long whole = micros.setScale(0, RoundingMode.FLOOR).longValueExact();
        long day = Math.floorDiv(whole, 86_400_000_000L);
        long rest = Math.floorMod(whole, 86_400_000_000L);
        time.set(day, (int) (rest / 1_000_000), (int) (rest % 1_000_000) * 1_000, 0);
        return IsoTime.ZONED;
    }

    private int pattern(byte[] bytes, int from, int to, IsoTime time) {
        if (patterns.isEmpty() || to - from > 100) {
            return IsoTime.NONE;
        }
        String text = JsonText.decode(bytes, from, to);
        for (DateTimeFormatter pattern : patterns) {
            try {
                return take(pattern.parse(text), time);
            } catch (DateTimeException e) {
                continue; // the next format may fit
            }
        }
        return IsoTime.NONE;
    }

    private static int take(TemporalAccessor parsed, IsoTime time) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime clock = parsed.query(TemporalQueries.localTime());
        ZoneOffset zone = parsed.query(TemporalQueries.offset());
        if (date == null) {
            throw new DateTimeException("no date");
        }
        if (zone == null && parsed.query(TemporalQueries.zone()) != null) {
            zone =
                    parsed.query(TemporalQueries.zone())
                            .getRules()
                            .getOffset(date.atTime(clock == null ? LocalTime.MIDNIGHT : clock));
        }
        time.set(
                IsoTime.checkedDay(date),
                clock == null ? 0 : clock.toSecondOfDay(),
                clock == null ? 0 : clock.getNano(),
                zone == null ? 0 : zone.getTotalSeconds());
        return clock == null ? IsoTime.DATE : zone == null ? IsoTime.LOCAL : IsoTime.ZONED;
    }

    /** A format's problem, or null. */
    static String problemOf(String format) {
        try {
            new TimeCast(false, List.of(format));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
