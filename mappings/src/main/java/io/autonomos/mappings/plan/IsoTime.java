package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.JsonBuffer;

/**
 * Reads dates and times of ISO 8601, extended and basic, and of the forms that systems commonly
 * print instead: a space for the T, one-digit hours, offsets without a colon, a zone called UTC.
 *
 * <p>Holds the last result; not thread safe.
 */
final class IsoTime {

    static final int NONE = 0;
    static final int DATE = 1;
    static final int LOCAL = 2;
    static final int ZONED = 3;

    private static final int MAX_OFFSET = 18 * 3600;
    static final long FIRST_DAY = epochDay(1, 1, 1);
    static final long LAST_DAY = epochDay(9999, 12, 31);
    private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private static final int DATE_TIME_LENGTH = 19;
    private static final int NO_DIGITS = -1_000_000;

    /** Not yet calculated: the date is known by its parts. */
    private static final long UNKNOWN = Long.MIN_VALUE;

    private long epochDay;
    private int year;
    private int month;
    private int day;
    private int secondOfDay;
    private int micros;
    private boolean cut;
    private int offset;

    // The text is handed from method to method: keeping it would cost a barrier for each text.
    private int at;
    private int end;

    /** Where the date stands in the text as it is to be written, or -1. */
    private int plainDate;

    /** Where date and time stand so, or -1. */
    private int plainTime;

    /** The result in microseconds since the epoch, UTC; a date is its first moment. */
    long epochMicros() {
        if (epochDay == UNKNOWN) {
            epochDay = epochDay(year, month, day);
        }
        return (epochDay * 86_400 + secondOfDay - offset) * 1_000_000 + micros;
    }

    /** The result's date in UTC. */
    long utcDay() {
        return Math.floorDiv(epochMicros(), 86_400_000_000L);
    }

    /** Whether the result is the first moment of a day in UTC. */
    boolean isMidnight() {
        return offset == 0
                ? secondOfDay == 0 && micros == 0
                : Math.floorMod(epochMicros(), 86_400_000_000L) == 0;
    }

    /** Writes the date in UTC of the result that was read from the text. */
    void writeDate(byte[] text, JsonBuffer out) {
        if (plainDate >= 0 && offset == 0) {
            out.date(text, plainDate);
        } else {
            out.date(utcDay());
        }
    }

    /** Writes the result that was read from the text. */
    void writeInstant(byte[] text, JsonBuffer out) {
        if (plainTime >= 0 && offset == 0) {
            out.instant(text, plainTime, micros);
        } else {
            out.instant(epochMicros());
        }
    }

    /** Whether the text was finer than the microseconds of the result. */
    boolean isCut() {
        return cut;
    }

    /** Whether the result lies in the years 1 to 9999, as all stores want it. */
    boolean isInRange() {
        long utcDay = utcDay();
        return utcDay >= FIRST_DAY && utcDay <= LAST_DAY;
    }

    /** Takes over a result that was read in another way. */
    void set(long dayOfEpoch, int second, int nano, int offsetSeconds) {
        plainDate = -1;
        plainTime = -1;
        epochDay = dayOfEpoch;
        secondOfDay = second;
        micros = nano / 1_000;
        cut = nano % 1_000 != 0;
        offset = offsetSeconds;
    }

    /** Reads the text between two positions; says what it is. */
    int parse(byte[] text, int from, int to) {
        at = from;
        end = to;
        epochDay = UNKNOWN;
        plainDate = -1;
        plainTime = -1;
        secondOfDay = 0;
        micros = 0;
        cut = false;
        offset = 0;
        return isUsual(text, from) ? usual(text, from) : any(text);
    }

    /** Whether the signs of {@code 2026-01-31T08:00:00} stand in their places. */
    private boolean isUsual(byte[] text, int from) {
        return end - from >= DATE_TIME_LENGTH
                && text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    /** Most times are written in this form: read without looking for others. */
    private int usual(byte[] text, int from) {
        year = 100 * pair(text, from) + pair(text, from + 2);
        month = pair(text, from + 5);
        day = pair(text, from + 8);
        int hour = pair(text, from + 11);
        int minute = pair(text, from + 14);
        int second = pair(text, from + 17);
        secondOfDay = hour * 3600 + minute * 60 + second;
        at = from + DATE_TIME_LENGTH;
        plainDate = from;
        plainTime = from;
        boolean valid =
                year >= 1
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && (day <= 28 || day <= lengthOf(month, year))
                        && hour >= 0
                        && hour <= 23
                        && minute >= 0
                        && minute <= 59
                        && second >= 0
                        && second <= 59
                        && (!(take(text, '.') || take(text, ',')) || fraction(text));
        if (!valid) {
            return NONE;
        }
        return at == end ? LOCAL : zone(text);
    }

    /** Two digits, or far below zero. */
    private int pair(byte[] text, int from) {
        int tens = text[from] - '0';
        int ones = text[from + 1] - '0';
        boolean digits = tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
        return digits ? 10 * tens + ones : NO_DIGITS;
    }

    private int any(byte[] text) {
        int from = at;
        year = digits(text, 4);
        boolean basic = at < end && text[at] != '-';
        if (year < 1 || (!basic && !take(text, '-'))) {
            return NONE;
        }
        month = digits(text, 2);
        if (month < 1 || month > 12 || (!basic && !take(text, '-'))) {
            return NONE;
        }
        day = digits(text, 2);
        if (day < 1 || day > lengthOf(month, year)) {
            return NONE;
        }
        if (at == end) {
            plainDate = basic ? -1 : from;
            return DATE;
        }
        return take(text, 'T') || take(text, 't') || (!basic && take(text, ' '))
                ? time(text, basic)
                : NONE;
    }

    private int time(byte[] text, boolean basic) {
        int hour = at + 1 < end && text[at + 1] == ':' ? digits(text, 1) : digits(text, 2);
        if (hour < 0 || hour > 23 || !(basic || take(text, ':'))) {
            return NONE;
        }
        int minute = digits(text, 2);
        int second = 0;
        if (minute < 0 || minute > 59) {
            return NONE;
        }
        if (basic ? at < end && isDigit(text[at]) : take(text, ':')) {
            second = digits(text, 2);
            if (second < 0
                    || second > 59
                    || ((take(text, '.') || take(text, ',')) && !fraction(text))) {
                return NONE;
            }
        }
        secondOfDay = hour * 3600 + minute * 60 + second;
        return at == end ? LOCAL : zone(text);
    }

    private boolean fraction(byte[] text) {
        int from = at;
        int value = 0;
        while (at < end && isDigit(text[at])) {
            if (at - from < 6) {
                value = value * 10 + text[at] - '0';
            } else {
                cut |= text[at] != '0';
            }
            at++;
        }
        for (int i = at - from; i < 6; i++) {
            value *= 10;
        }
        micros = value;
        return at > from;
    }

    private int zone(byte[] text) {
        take(text, ' ');
        if (take(text, 'Z') || take(text, 'z')) {
            return at == end ? ZONED : NONE;
        }
        if (end - at == 3 && (matches(text, "UTC") || matches(text, "GMT"))) {
            return ZONED;
        }
        int sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
        int hours = sign == 0 ? -1 : digits(text, 2);
        if (hours < 0) {
            return NONE;
        }
        int minutes = 0;
        if (at < end) {
            take(text, ':');
            minutes = digits(text, 2);
        }
        if (minutes < 0 || minutes > 59 || at != end) {
            return NONE;
        }
        offset = sign * (hours * 3600 + minutes * 60);
        return Math.abs(offset) > MAX_OFFSET || (offset != 0 && !isInRange()) ? NONE : ZONED;
    }

    private boolean matches(byte[] text, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean take(byte[] text, char c) {
        if (at < end && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private int digits(byte[] text, int count) {
        if (at + count > end) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            byte b = text[at + i];
            if (!isDigit(b)) {
                return -1;
            }
            value = value * 10 + b - '0';
        }
        at += count;
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int lengthOf(int month, int year) {
        boolean leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return MONTH_DAYS[month - 1] + (leap ? 1 : 0);
    }

    /** Civil date to days, by the algorithm of Howard Hinnant's date paper. */
    static long epochDay(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
