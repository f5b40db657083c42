package io.autonomos.mappings.profile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells in which of a mapping's formats a date or time is written. */
public final class TimeForm {

    /** ISO 8601. */
    public static final String ISO = "iso";

    /** Seconds since 1970. */
    public static final String EPOCH_SECONDS = "epoch-s";

    /** Milliseconds since 1970. */
    public static final String EPOCH_MILLIS = "epoch-ms";

    /** Stands in a format for a day or month that one value alone does not tell apart. */
    public static final String EITHER = "?";

    private static final Pattern ISO_TEXT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}.*)?");
    private static final Pattern SECONDS = Pattern.compile("[1-3]\\d{9}(\\.\\d+)?");
    private static final Pattern MILLIS = Pattern.compile("[1-3]\\d{12}");
    private static final Pattern DAY_FIRST =
            Pattern.compile("(\\d{1,2})([/.-])(\\d{1,2})\\2\\d{4}(.*)");
    private static final Pattern YEAR_FIRST =
            Pattern.compile("\\d{4}([/.])\\d{1,2}\\1\\d{1,2}(.*)");
    private static final Pattern NAMED =
            Pattern.compile("(\\d{1,2})?([ -]?)(\\p{Alpha}{3,9})([ -])((\\d{1,2}),? )?\\d{4}(.*)");
    private static final int LONGEST = 40;

    private TimeForm() {}

    /** The format, or null where it looks like none. */
    public static String of(String value) {
        String text = value.strip();
        if (text.length() < 8 || text.length() > LONGEST) {
            return null;
        }
        char first = text.charAt(0);
        if (first < '0' || first > '9') {
            return named(text);
        }
        if (ISO_TEXT.matcher(text).matches()) {
            return ISO;
        }
        if (SECONDS.matcher(text).matches()) {
            return EPOCH_SECONDS;
        }
        if (MILLIS.matcher(text).matches()) {
            return EPOCH_MILLIS;
        }
        Matcher year = YEAR_FIRST.matcher(text);
        if (year.matches()) {
            String separator = year.group(1);
            return with("yyyy" + separator + "M" + separator + "d", year.group(2));
        }
        Matcher day = DAY_FIRST.matcher(text);
        return day.matches() ? dayFirst(day) : named(text);
    }

    private static String dayFirst(Matcher day) {
        int first = Integer.parseInt(day.group(1));
        int second = Integer.parseInt(day.group(3));
        if (first > 31 || second > 31 || (first > 12 && second > 12)) {
            return null;
        }
        String separator = day.group(2);
        String order =
                first > 12
                        ? "d" + separator + "M"
                        : second > 12 ? "M" + separator + "d" : EITHER + separator + EITHER;
        return with(order + separator + "yyyy", day.group(4));
    }

    private static String named(String text) {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            return null;
        }
        String month = named.group(3).length() == 3 ? "MMM" : "MMMM";
        if (named.group(1) != null && named.group(5) == null) {
            String separator = named.group(2);
            return with("d" + separator + month + separator + "yyyy", named.group(7));
        }
        if (named.group(1) == null && named.group(5) != null) {
            String comma = named.group(5).contains(",") ? "," : "";
            return with(month + " d" + comma + " yyyy", named.group(7));
        }
        return null;
    }

    private static String with(String date, String rest) {
        if (rest.isEmpty()) {
            return date;
        }
        if (rest.matches(" \\d{1,2}:\\d{2}")) {
            return date + " H:mm";
        }
        if (rest.matches(" \\d{1,2}:\\d{2}:\\d{2}")) {
            return date + " H:mm:ss";
        }
        return rest.matches(" \\d{1,2}:\\d{2} (AM|PM)") ? date + " h:mm a" : null;
    }
}
