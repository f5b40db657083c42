package io.autonomos.operators.source.files;

/** Tells valid UTF-8 without decoding it. */
public final class Utf8 {

    private Utf8() {}

    /** Whether the bytes are well-formed: no overlong forms, no surrogates, nothing cut off. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int length = length(lead & 0xFF);
            if (length == 0 || i + length > to || !isSecond(lead & 0xFF, bytes[i + 1] & 0xFF)) {
                return false;
            }
            for (int k = 2; k < length; k++) {
                if (!in(bytes[i + k] & 0xFF, 0x80, 0xBF)) {
                    return false;
                }
            }
            i += length;
        }
        return true;
    }

    private static int length(int lead) {
        if (in(lead, 0xC2, 0xDF)) {
            return 2;
        }
        if (in(lead, 0xE0, 0xEF)) {
            return 3;
        }
        return in(lead, 0xF0, 0xF4) ? 4 : 0;
    }

    private static boolean isSecond(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> in(second, 0xA0, 0xBF);
            case 0xED -> in(second, 0x80, 0x9F);
            case 0xF0 -> in(second, 0x90, 0xBF);
            case 0xF4 -> in(second, 0x80, 0x8F);
            default -> in(second, 0x80, 0xBF);
        };
    }

    private static boolean in(int value, int least, int most) {
        return value >= least && value <= most;
    }
}
