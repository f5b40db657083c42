package io.autonomos.operators.source;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Reads the header {@code emitted-at}: epoch milliseconds, or ISO 8601 date and time with an offset
 * or {@code Z}. Straight from the bytes, without exceptions.
 */
final class EmittedAt {

    /** What {@link #parse} returns for text that is neither. */
    static final long INVALID = Long.MIN_VALUE;

    private static final int MAX_EPOCH_DIGITS = 15;
    private static final int DATE_TIME_LENGTH = 19;
    private static final int MILLI_DIGITS = 3;
    private static final int MAX_FRACTION_DIGITS = 9;

    private EmittedAt() {}

    static long parse(byte[] text) {
        return isIso(text) ? iso(text) : digits(text, MAX_EPOCH_DIGITS);
    }

    /** A number of 1 to so many digits, and nothing else. */
    static long digits(byte[] text, int maxDigits) {
        return digits(text, 0, text.length, maxDigits);
    }

    private static boolean isIso(byte[] text) {
        return text.length > DATE_TIME_LENGTH
                && text[4] == '-'
                && text[7] == '-'
                && (text[10] == 'T' || text[10] == 't' || text[10] == ' ')
                && text[13] == ':'
                && text[16] == ':';
    }

    private static long iso(byte[] text) {
        long year = digits(text, 0, 4, 4);
        long month = digits(text, 5, 7, 2);
        long day = digits(text, 8, 10, 2);
        long hour = digits(text, 11, 13, 2);
        long minute = digits(text, 14, 16, 2);
        long second = digits(text, 17, 19, 2);
        if (year < 0 || !in(month, 1, 12) || !in(hour, 0, 23) || !in(minute, 0, 59)) {
            return INVALID;
        }
        int lastDay = YearMonth.of((int) year, (int) month).lengthOfMonth();
        if (!in(second, 0, 59) || !in(day, 1, lastDay)) {
            return INVALID;
        }
        int at = DATE_TIME_LENGTH;
        long millis = 0;
        if (text[at] == '.' || text[at] == ',') {
            int end = endOfDigits(text, at + 1);
            millis = fraction(text, at + 1, end);
            at = end;
        }
        long offset = offsetSeconds(text, at);
        if (millis == INVALID || offset == INVALID) {
            return INVALID;
        }
        long days = LocalDate.of((int) year, (int) month, (int) day).toEpochDay();
        long seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset;
        return seconds * 1_000 + millis;
    }

    private static long fraction(byte[] text, int start, int end) {
        if (end == start || end - start > MAX_FRACTION_DIGITS) {
            return INVALID;
        }
        long millis = 0;
        for (int i = 0; i < MILLI_DIGITS; i++) {
            millis = millis * 10 + (start + i < end ? text[start + i] - '0' : 0);
        }
        return millis;
    }

    /** {@code Z}, {@code +hh:mm}, {@code +hhmm} or {@code +hh} at the very end. */
    private static long offsetSeconds(byte[] text, int at) {
        int length = text.length - at;
        if (length == 1 && (text[at] == 'Z' || text[at] == 'z')) {
            return 0;
        }
        if (length < 3 || (text[at] != '+' && text[at] != '-')) {
            return INVALID;
        }
        long hours = digits(text, at + 1, at + 3, 2);
        long minutes = 0;
        if (length == 6 && text[at + 3] == ':') {
            minutes = digits(text, at + 4, at + 6, 2);
        } else if (length == 5) {
            minutes = digits(text, at + 3, at + 5, 2);
        } else if (length != 3) {
            return INVALID;
        }
        if (!in(hours, 0, 18) || !in(minutes, 0, 59)) {
            return INVALID;
        }
        long seconds = hours * 3_600 + minutes * 60;
        return text[at] == '-' ? -seconds : seconds;
    }

    private static int endOfDigits(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    private static long digits(byte[] text, int start, int end, int maxDigits) {
        if (start == end || end - start > maxDigits || endOfDigits(text, start) < end) {
            return INVALID;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static boolean in(long value, long least, long most) {
        return value >= least && value <= most;
    }
}
