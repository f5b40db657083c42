package io.autonomos.mappings.scan;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes JSON string contents that have passed the scanner. */
public final class JsonText {

    private JsonText() {}

    /** The text between two positions inside the quotes, escapes resolved, as {@link #utf8}. */
    public static byte[] unescape(byte[] bytes, int from, int to) {
        return utf8(decode(bytes, from, to));
    }

    /**
     * UTF-8 in which half a surrogate pair, which has no bytes there, becomes the three that its
     * number would have: different texts stay different.
     */
    static byte[] utf8(String text) {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                utf8.write(0xE0 | (point >> 12));
                utf8.write(0x80 | ((point >> 6) & 0x3F));
                utf8.write(0x80 | (point & 0x3F));
            } else {
                utf8.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(point);
        }
        return utf8.toByteArray();
    }

    /** The text between two positions inside the quotes, escapes resolved. */
    public static String decode(byte[] bytes, int from, int to) {
        int escape = from;
        while (escape < to && bytes[escape] != '\\') {
            escape++;
        }
        if (escape == to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; ) {
            if (bytes[i] != '\\') {
                plain.write(bytes[i++]);
                continue;
            }
            text.append(plain.toString(StandardCharsets.UTF_8));
            plain.reset();
            if (bytes[i + 1] == 'u') {
                text.append((char) JsonBytes.hex(bytes, i + 2));
                i += 6;
            } else {
                text.append(simpleEscape(bytes[i + 1]));
                i += 2;
            }
        }
        return text.append(plain.toString(StandardCharsets.UTF_8)).toString();
    }

    private static char simpleEscape(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) letter;
        };
    }

    /** Whether a backslash stands between two positions. */
    public static boolean hasEscape(byte[] bytes, int from, int to) {
        return JsonBytes.hasBackslash(bytes, from, to);
    }

    /** Whether the text holds U+0000 or half a surrogate pair. */
    public static boolean isUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return isUnstorableFrom(text, i);
            }
        }
        return false;
    }

    private static boolean isUnstorableFrom(String text, int from) {
        for (int i = from; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point == 0
                    || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
                return true;
            }
            i += Character.charCount(point);
        }
        return false;
    }

    /** Whether the text inside the quotes holds U+0000 or half a surrogate pair. */
    public static boolean isUnstorable(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\\') {
                continue;
            }
            if (bytes[i + 1] != 'u') {
                i++;
                continue;
            }
            int unit = JsonBytes.hex(bytes, i + 2);
            if (unit == 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) {
                return true;
            }
            i += 5;
            if (unit >= 0xD800 && unit <= 0xDBFF) {
                boolean paired =
                        i + 6 < to
                                && bytes[i + 1] == '\\'
                                && bytes[i + 2] == 'u'
                                && (JsonBytes.hex(bytes, i + 3) & 0xFC00) == 0xDC00;
                if (!paired) {
                    return true;
                }
                i += 6;
            }
        }
        return false;
    }
}
