package io.autonomos.operators.source.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;

/** Decodes single values. What is out of range or no such value is null. */
final class Values {

    /** More than PostgreSQL's longest number takes. */
    private static final int MAX_DECIMAL_BYTES = 1 << 16;

    /** Beyond it a decimal is written with an exponent, which is as exact. */
    private static final int MAX_PLAIN_SCALE = 20_000;

    private static final long DAY_SECONDS = 86_400;
    private static final long FIRST_DAY = LocalDate.MIN.toEpochDay();
    private static final long LAST_DAY = LocalDate.MAX.toEpochDay();
    private static final long NANOS = 1_000_000_000L;
    private static final int MAX_DIGITS = 18;
    private static final JsonFactory JSON = new JsonFactory();

    private Values() {}

    /** A decimal's exact JSON number. */
    static String decimal(String base64, int scale) {
        if (scale == ValueSchema.NO_SCALE) {
            return null;
        }
        byte[] unscaled;
        try {
            unscaled = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (unscaled.length == 0 || unscaled.length > MAX_DECIMAL_BYTES) {
            return null;
        }
        BigDecimal value = new BigDecimal(new BigInteger(unscaled), scale);
        return Math.abs((long) scale) > MAX_PLAIN_SCALE ? value.toString() : value.toPlainString();
    }

    /**
     * A date, time or instant in ISO 8601, that of PostgreSQL's {@code infinity} too: as a number
     * it would be taken for another time.
     */
    static String temporal(Encoding encoding, long value) {
        return switch (encoding) {
            case DATE -> date(value);
            case TIMESTAMP_MILLIS -> instant(value, 1_000);
            case TIMESTAMP_MICROS -> instant(value, 1_000_000);
            case TIMESTAMP_NANOS -> instant(value, NANOS);
            case TIME_MILLIS -> time(value, 1_000);
            case TIME_MICROS -> time(value, 1_000_000);
            case TIME_NANOS -> time(value, NANOS);
            default -> null;
        };
    }

    private static String date(long days) {
        boolean inRange = days >= FIRST_DAY && days <= LAST_DAY;
        return inRange ? LocalDate.ofEpochDay(days).toString() : null;
    }

    private static String instant(long value, long unitsPerSecond) {
        long seconds = Math.floorDiv(value, unitsPerSecond);
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            return null;
        }
        long nanos = Math.floorMod(value, unitsPerSecond) * (NANOS / unitsPerSecond);
        return Instant.ofEpochSecond(seconds, nanos).toString();
    }

    private static String time(long value, long unitsPerSecond) {
        if (value < 0 || value >= DAY_SECONDS * unitsPerSecond) {
            return null;
        }
        return LocalTime.ofNanoOfDay(value * (NANOS / unitsPerSecond)).toString();
    }

    /** An integer's token, or {@link Long#MIN_VALUE} where it is none. */
    static long integer(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        int at = negative ? from + 1 : from;
        if (at == to || to - at > MAX_DIGITS + 1) {
            return Long.MIN_VALUE;
        }
        long value = 0;
        for (; at < to; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return Long.MIN_VALUE;
            }
            value = value * 10 + bytes[at] - '0';
        }
        if (value < 0) {
            return Long.MIN_VALUE;
        }
        return negative ? -value : value;
    }

    /** Whether the text is one JSON value. */
    static boolean isJson(byte[] utf8) {
        try (JsonParser parser = JSON.createParser(utf8)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
