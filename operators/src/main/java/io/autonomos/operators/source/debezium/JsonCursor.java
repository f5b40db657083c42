package io.autonomos.operators.source.debezium;

import io.autonomos.mappings.scan.JsonText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Steps over the tokens of JSON that has passed the scanner. */
final class JsonCursor {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

    private JsonCursor() {}

    /** The text inside the quotes of a string. */
    static String text(byte[] bytes, int from, int to) {
        return JsonText.decode(bytes, from, to);
    }

    static int skipSpace(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r') {
            at++;
        }
        return at;
    }

    /** The position after the string that starts here. */
    static int endOfString(byte[] bytes, int open) {
        int at = open + 1;
        while (true) {
            at = quoteOrBackslash(bytes, at);
            if (bytes[at] == '"') {
                return at + 1;
            }
            at += 2;
        }
    }

    /** Eight bytes a step, by the zero-byte test of Mycroft; there is a quote ahead. */
    private static int quoteOrBackslash(byte[] bytes, int from) {
        int at = from;
        for (int last = bytes.length - 8; at <= last; at += 8) {
            long quote = (long) LONG.get(bytes, at) ^ QUOTES;
            long backslash = (long) LONG.get(bytes, at) ^ BACKSLASHES;
            long hits = ((quote - ONES & ~quote) | (backslash - ONES & ~backslash)) & HIGHS;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The position after the value that starts here. */
    static int endOfValue(byte[] bytes, int from) {
        byte first = bytes[from];
        if (first == '"') {
            return endOfString(bytes, from);
        }
        return first == '{' || first == '[' ? endOfNested(bytes, from) : endOfPlain(bytes, from);
    }

    private static int endOfNested(byte[] bytes, int from) {
        int depth = 0;
        int at = from;
        while (true) {
            switch (bytes[at]) {
                case '"' -> at = endOfString(bytes, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 0) {
                        return at + 1;
                    }
                }
                default -> {
                    // Part of a number or literal, or between tokens.
                }
            }
            at++;
        }
    }

    private static int endOfPlain(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length
                && bytes[at] > ' '
                && bytes[at] != ','
                && bytes[at] != '}'
                && bytes[at] != ']') {
            at++;
        }
        return at;
    }
}
