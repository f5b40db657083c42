package io.autonomos.mappings.plan;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Reads numbers from bytes, exactly. */
final class Numbers {

    /** Longest number that is read. */
    static final int MAX_LENGTH = 400;

    private Numbers() {}

    static int trimStart(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    static int trimEnd(byte[] bytes, int from, int to) {
        int at = to;
        while (at > from && bytes[at - 1] == ' ') {
            at--;
        }
        return at;
    }

    /**
     * Whether the bytes are a decimal in canonical form: no exponent, no leading zeros or plus, and
     * within 20 digits before and 18 after the point.
     */
    static boolean isPlainDecimal(byte[] bytes, int from, int to) {
        int at = from < to && bytes[from] == '-' ? from + 1 : from;
        int whole = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        int digits = at - whole;
        if (digits == 0 || digits > 20 || (digits > 1 && bytes[whole] == '0')) {
            return false;
        }
        if (at == to) {
            return true;
        }
        if (bytes[at] != '.') {
            return false;
        }
        int point = at++;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at == to && at - point > 1 && at - point <= 19;
    }

    /** The number, or null where the bytes are none, or are too long or out of all range. */
    static BigDecimal decimal(byte[] bytes, int from, int to) {
        if (to - from > MAX_LENGTH || from >= to) {
            return null;
        }
        for (int i = from; i < to; i++) {
            if ("+-.eE0123456789".indexOf(bytes[i]) < 0) {
                return null;
            }
        }
        try {
            return new BigDecimal(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
