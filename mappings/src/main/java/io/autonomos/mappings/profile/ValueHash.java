package io.autonomos.mappings.profile;

import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** Hashes of values in a normal form: what means the same hashes the same. */
public final class ValueHash {

    /** Numbers as people write them; {@code 007} is none. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,37})(\\.\\d{1,37})?");

    private static final Pattern INSTANT =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:?\\d{2})");

    private ValueHash() {}

    /** The hash of a value. */
    public static long of(String value) {
        return ofText(normal(value));
    }

    /** The hash of a text as it stands. */
    public static long ofText(String text) {
        return Hashing.xxh3_64().hashBytesToLong(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The form in which equal values are equal texts. */
    public static String normal(String value) {
        String text = value.strip();
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        if (first == '-' || (first >= '0' && first <= '9')) {
            if (NUMBER.matcher(text).matches()) {
                return new BigDecimal(text).stripTrailingZeros().toPlainString();
            }
            return INSTANT.matcher(text).matches() ? instant(text) : text;
        }
        String lower = text.length() > "false".length() ? text : text.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false") ? lower : text;
    }

    private static String instant(String text) {
        String iso = text.replace(' ', 'T');
        int sign = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
        if (sign > 10 && iso.length() - sign == 5) {
            iso = iso.substring(0, sign + 3) + ':' + iso.substring(sign + 3);
        }
        try {
            return OffsetDateTime.parse(iso).toInstant().toString();
        } catch (DateTimeException e) {
            return text;
        }
    }
}
