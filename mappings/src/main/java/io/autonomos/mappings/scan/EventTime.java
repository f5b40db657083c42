package io.autonomos.mappings.scan;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** When an event happened, as the systems write it. */
final class EventTime {

    private static final String DATE = "/Date(";

    private EventTime() {}

    /** Of ISO 8601, {@code /Date(ms)/}, epoch seconds or milliseconds. */
    static long of(String text) {
        if (text == null) {
            return ChangeEvent.UNDATED;
        }
        try {
            String digits =
                    text.startsWith(DATE)
                            ? text.substring(DATE.length()).replaceAll("\\D.*", "")
                            : text;
            if (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                long number = Long.parseLong(digits);
                return number < 100_000_000_000L ? number * 1_000 : number;
            }
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (NumberFormatException | DateTimeException e) {
            return ChangeEvent.UNDATED;
        }
    }
}
