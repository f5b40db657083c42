package io.autonomos.operators.sink.kafka;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Renders instants as RFC 3339 in UTC, such as {@code 2026-01-31T08:00:00.250000Z}.
 *
 * <p>Dates as text are kept by the lowest bits of their day, since neighbouring events mostly have
 * one of a few. For one thread.
 */
final class UtcTime {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final int DATES = 64;

    private final long[] days = new long[DATES];
    private final byte[][] dates = new byte[DATES][];

    byte[] ofMicros(long epochMicros) {
        byte[] date = date(Math.floorDiv(epochMicros, MICROS_PER_DAY));
        long micros = Math.floorMod(epochMicros, MICROS_PER_DAY);
        int seconds = (int) (micros / 1_000_000);
        int fraction = (int) (micros % 1_000_000);
        int at = date.length;
        byte[] text = new byte[at + (fraction == 0 ? 10 : 17)];
        System.arraycopy(date, 0, text, 0, at);
        text[at] = 'T';
        digits(text, at + 1, 2, seconds / 3600);
        text[at + 3] = ':';
        digits(text, at + 4, 2, seconds / 60 % 60);
        text[at + 6] = ':';
        digits(text, at + 7, 2, seconds % 60);
        if (fraction != 0) {
            text[at + 9] = '.';
            digits(text, at + 10, 6, fraction);
        }
        text[text.length - 1] = 'Z';
        return text;
    }

    private byte[] date(long epochDay) {
        int slot = (int) epochDay & (DATES - 1);
        if (dates[slot] == null || days[slot] != epochDay) {
            String text = LocalDate.ofEpochDay(epochDay).toString();
            dates[slot] = text.getBytes(StandardCharsets.US_ASCII);
            days[slot] = epochDay;
        }
        return dates[slot];
    }

    private static void digits(byte[] text, int from, int count, int number) {
        int rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
