package io.autonomos.mappings.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Byte-level steps of the scanner that need no state: strings, numbers and UTF-8 sequences. */
final class JsonBytes {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The last four letters of JSON's literals, as {@link #int4} reads them. */
    static final int TRUE = 'e' << 24 | 'u' << 16 | 'r' << 8 | 't';

    static final int FALSE = 'e' << 24 | 's' << 16 | 'l' << 8 | 'a';
    static final int NULL = 'l' << 24 | 'l' << 16 | 'u' << 8 | 'n';

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long TWOS = 0x0202020202020202L;
    private static final long THIRTY_THREES = 0x2121212121212121L;
    private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

    private JsonBytes() {}

    /** Four bytes as one number, the first one lowest. */
    static int int4(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** Whether {@code part} stands at {@code from}. */
    static boolean startsWith(byte[] bytes, int from, int end, byte[] part) {
        int length = part.length;
        if (length > end - from) {
            return false;
        }
        if (length < 8) {
            for (int i = 0; i < length; i++) {
                if (bytes[from + i] != part[i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - 8;
        for (int i = 0; i < last; i += 8) {
            if ((long) LONG.get(part, i) != (long) LONG.get(bytes, from + i)) {
                return false;
            }
        }
        return (long) LONG.get(part, last) == (long) LONG.get(bytes, from + last);
    }

    /**
     * The first position at or after {@code from} whose byte ends a run of plain string bytes: a
     * quote, a backslash, a control character or a byte outside ASCII; {@code end} if there is
     * none.
     *
     * <p>Eight bytes a step, by the zero-byte test of Mycroft: a byte minus a bound sets its
     * highest bit where it is smaller. Flipping bit 1 puts the quote (0x22) next to the control
     * characters and the space above them, so that one bound finds both. A borrow can only make a
     * false hit above a true one, and the lowest counts.
     */
    static int endOfPlain(byte[] bytes, int from, int end) {
        int i = from;
        for (int last = end - 8; i <= last; i += 8) {
            long word = (long) LONG.get(bytes, i);
            long quoteOrControl = (word ^ TWOS) - THIRTY_THREES;
            long backslash = (word ^ BACKSLASHES) - ONES;
            long hits = (quoteOrControl | backslash | word) & HIGHS;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (i < end) {
            byte b = bytes[i];
            if (b < 0x20 || b == '"' || b == '\\') {
                return i;
            }
            i++;
        }
        return end;
    }

    /** Whether a backslash stands between two positions. */
    static boolean hasBackslash(byte[] bytes, int from, int to) {
        int i = from;
        for (int last = to - 8; i <= last; i += 8) {
            long word = (long) LONG.get(bytes, i) ^ BACKSLASHES;
            if (((word - ONES) & ~word & HIGHS) != 0) {
                return true;
            }
        }
        while (i < to) {
            if (bytes[i++] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** The position after a number that starts at {@code from}, or -1 where none stands there. */
    static int endOfNumber(byte[] bytes, int from, int end) {
        int i = from;
        if (i < end && bytes[i] == '-') {
            i++;
        }
        if (i >= end) {
            return -1;
        }
        if (bytes[i] == '0') {
            i++;
        } else {
            int digits = endOfDigits(bytes, i, end);
            if (digits == i) {
                return -1;
            }
            i = digits;
        }
        if (i < end && bytes[i] == '.') {
            int digits = endOfDigits(bytes, i + 1, end);
            if (digits == i + 1) {
                return -1;
            }
            i = digits;
        }
        if (i < end && (bytes[i] | 0x20) == 'e') {
            i++;
            if (i < end && (bytes[i] == '+' || bytes[i] == '-')) {
                i++;
            }
            int digits = endOfDigits(bytes, i, end);
            if (digits == i) {
                return -1;
            }
            i = digits;
        }
        return i;
    }

    private static int endOfDigits(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    /**
     * The position after the UTF-8 sequence that starts at {@code i}, or -1 where it is invalid.
     */
    static int endOfUtf8(byte[] bytes, int i, int end) {
        int lead = bytes[i] & 0xFF;
        if (lead < 0xC2) {
            return -1;
        }
        if (lead < 0xE0) {
            return i + 1 < end && isTail(bytes[i + 1]) ? i + 2 : -1;
        }
        if (lead < 0xF0) {
            if (i + 2 >= end || !isTail(bytes[i + 1]) || !isTail(bytes[i + 2])) {
                return -1;
            }
            int second = bytes[i + 1] & 0xFF;
            boolean overlong = lead == 0xE0 && second < 0xA0;
            boolean surrogate = lead == 0xED && second > 0x9F;
            return overlong || surrogate ? -1 : i + 3;
        }
        if (lead > 0xF4
                || i + 3 >= end
                || !isTail(bytes[i + 1])
                || !isTail(bytes[i + 2])
                || !isTail(bytes[i + 3])) {
            return -1;
        }
        int second = bytes[i + 1] & 0xFF;
        boolean overlong = lead == 0xF0 && second < 0x90;
        boolean tooHigh = lead == 0xF4 && second > 0x8F;
        return overlong || tooHigh ? -1 : i + 4;
    }

    private static boolean isTail(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** The position after the escape whose backslash stands at {@code i}, or -1. */
    static int endOfEscape(byte[] bytes, int i, int end) {
        if (i + 1 >= end) {
            return -1;
        }
        switch (bytes[i + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return i + 2;
            case 'u':
                return i + 5 < end && hex(bytes, i + 2) >= 0 ? i + 6 : -1;
            default:
                return -1;
        }
    }

    /** The value of four hexadecimal digits, or -1. */
    static int hex(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** Whether the bytes up to the end could still become an escape. */
    static boolean isEscapePrefix(byte[] bytes, int i, int end) {
        if (i + 1 >= end) {
            return true;
        }
        if (bytes[i + 1] != 'u') {
            return false;
        }
        for (int at = i + 2; at < end; at++) {
            if (Character.digit(bytes[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes up to the end could still become a number. */
    static boolean isNumberPrefix(byte[] bytes, int from, int end) {
        byte[] longer = Arrays.copyOfRange(bytes, from, end + 1);
        longer[end - from] = '0';
        return endOfNumber(longer, 0, longer.length) == longer.length;
    }

    /** Whether the bytes up to the end could still become a UTF-8 sequence. */
    static boolean isUtf8Prefix(byte[] bytes, int from, int end) {
        int length = end - from;
        if (length > 3) {
            return false;
        }
        byte[] longer = Arrays.copyOfRange(bytes, from, from + 4);
        for (int tail : new int[] {0x80, 0x90, 0xA0}) {
            Arrays.fill(longer, length, 4, (byte) tail);
            if (endOfUtf8(longer, 0, 4) > length) {
                return true;
            }
        }
        return false;
    }
}
