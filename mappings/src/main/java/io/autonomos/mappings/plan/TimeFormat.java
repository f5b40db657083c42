package io.autonomos.mappings.plan;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** A pattern that a mapping names for its dates and times. */
final class TimeFormat {

    private static final long NANOS = 1_000_000_000L;

    private static final ZonedDateTime SAMPLE =
            ZonedDateTime.of(2026, 11, 28, 17, 38, 49, 123_456_000, ZoneId.of("Europe/Paris"));

    private final DateTimeFormatter formatter;

    /**
     * Reads a pattern of {@link DateTimeFormatter}; {@code y} is the year as it is commonly meant.
     *
     * @throws IllegalArgumentException if it is none, or does not tell one day
     */
    TimeFormat(String pattern) {
        formatter =
                DateTimeFormatter.ofPattern(withPlainYear(pattern), Locale.ENGLISH)
                        .withResolverStyle(ResolverStyle.STRICT);
        try {
            TemporalAccessor parsed = formatter.parse(SAMPLE.format(formatter));
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (!SAMPLE.toLocalDate().equals(date)) {
                throw new IllegalArgumentException("it does not tell year, month and day");
            }
            LocalTime time = parsed.query(TemporalQueries.localTime());
            if (time == null && namesTime(pattern)) {
                throw new IllegalArgumentException("its time of day is not complete");
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("what it writes it cannot read", e);
        }
    }

    private static String withPlainYear(String pattern) {
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            plain.append(c == 'y' && !quoted ? 'u' : c);
        }
        return plain.toString();
    }

    private static boolean namesTime(String pattern) {
        return pattern.replaceAll("'[^']*'", "").matches(".*[aBhHkKmsSAnN].*");
    }

    /** Reads a text; says what it is, as {@link IsoTime#parse} does. */
    int read(String text, IsoTime into) {
        try {
            return take(formatter.parse(text), into);
        } catch (DateTimeException e) {
            return IsoTime.NONE;
        }
    }

    private static int take(TemporalAccessor parsed, IsoTime into) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId zone = parsed.query(TemporalQueries.zone());
        LocalTime clock = time == null ? LocalTime.MIDNIGHT : time;
        ZoneOffset offset =
                zone == null ? ZoneOffset.UTC : zone.getRules().getOffset(date.atTime(clock));
        long nanoOfDay = clock.toNanoOfDay();
        into.set(
                date.toEpochDay(),
                (int) (nanoOfDay / NANOS),
                (int) (nanoOfDay % NANOS),
                offset.getTotalSeconds());
        if (!into.isInRange()) {
            return IsoTime.NONE;
        }
        return time == null ? IsoTime.DATE : zone == null ? IsoTime.LOCAL : IsoTime.ZONED;
    }
}
