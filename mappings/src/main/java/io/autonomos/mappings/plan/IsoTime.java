package io.autonomos.mappings.plan;

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

    private long epochDay;
    private int secondOfDay;
    private int micros;
    private boolean cut;
    private int offset;

    private byte[] bytes;
    private int at;
    private int end;

    /** The result in microseconds since the epoch, UTC; a date is its first moment. */
    long epochMicros() {
        return (epochDay * 86_400 + secondOfDay - offset) * 1_000_000 + micros;
    }

    /** The result's date in UTC. */
    long utcDay() {
        return Math.floorDiv(epochMicros(), 86_400_000_000L);
    }

    /** Whether the text was finer than the microseconds of the result. */
    boolean isCut() {
        return cut;
    }

    /** Whether the result lies in the years 1 to 9999, as all stores want it. */
    boolean isInRange() {
        long day = utcDay();
        return day >= FIRST_DAY && day <= LAST_DAY;
    }

    /** Takes over a result that was read in another way. */
    void set(long day, int second, int nano, int offsetSeconds) {
        epochDay = day;
        secondOfDay = second;
        micros = nano / 1_000;
        cut = nano % 1_000 != 0;
        offset = offsetSeconds;
    }

    /** Reads the text between two positions; says what it is. */
    int parse(byte[] text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
        secondOfDay = 0;
        micros = 0;
        cut = false;
        offset = 0;
        int year = digits(4);
        boolean basic = at < end && bytes[at] != '-';
        if (year < 1 || (!basic && !take('-'))) {
            return NONE;
        }
        int month = digits(2);
        if (month < 1 || month > 12 || (!basic && !take('-'))) {
            return NONE;
        }
        int day = digits(2);
        if (day < 1 || day > lengthOf(month, year)) {
            return NONE;
        }
        epochDay = epochDay(year, month, day);
        if (at == end) {
            return DATE;
        }
        return take('T') || take('t') || (!basic && take(' ')) ? time(basic) : NONE;
    }

    private int time(boolean basic) {
        int hour = at + 1 < end && bytes[at + 1] == ':' ? digits(1) : digits(2);
        if (hour < 0 || hour > 23 || !(basic || take(':'))) {
            return NONE;
        }
        int minute = digits(2);
        int second = 0;
        if (minute < 0 || minute > 59) {
            return NONE;
        }
        if (basic ? at < end && isDigit(bytes[at]) : take(':')) {
            second = digits(2);
            if (second < 0 || second > 59 || ((take('.') || take(',')) && !fraction())) {
                return NONE;
            }
        }
        secondOfDay = hour * 3600 + minute * 60 + second;
        return at == end ? LOCAL : zone();
    }

    private boolean fraction() {
        int from = at;
        int value = 0;
        while (at < end && isDigit(bytes[at])) {
            if (at - from < 6) {
                value = value * 10 + bytes[at] - '0';
            } else {
                cut |= bytes[at] != '0';
            }
            at++;
        }
        for (int i = at - from; i < 6; i++) {
            value *= 10;
        }
        micros = value;
        return at > from;
    }

    private int zone() {
        take(' ');
        if (take('Z') || take('z')) {
            return at == end ? ZONED : NONE;
        }
        if (end - at == 3 && (matches("UTC") || matches("GMT"))) {
            return ZONED;
        }
        int sign = take('+') ? 1 : take('-') ? -1 : 0;
        int hours = sign == 0 ? -1 : digits(2);
        if (hours < 0) {
            return NONE;
        }
        int minutes = 0;
        if (at < end) {
            take(':');
            minutes = digits(2);
        }
        if (minutes < 0 || minutes > 59 || at != end) {
            return NONE;
        }
        offset = sign * (hours * 3600 + minutes * 60);
        return Math.abs(offset) > MAX_OFFSET || !isInRange() ? NONE : ZONED;
    }

    private boolean matches(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean take(char c) {
        if (at < end && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private int digits(int count) {
        if (at + count > end) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            byte b = bytes[at + i];
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
