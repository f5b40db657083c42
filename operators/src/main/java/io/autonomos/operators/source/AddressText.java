package io.autonomos.operators.source;

import io.autonomos.operators.source.files.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * The rule for text that names something (a tenant, a connection, a record id), wherever it comes
 * from: valid UTF-8, not empty, bounded, without control characters and line breaks.
 *
 * <p>Quotes, slashes and anything else are data. Nothing here throws.
 */
public final class AddressText {

    /** Longest tenant, connection, source or stream, in characters. */
    public static final int MAX_LENGTH = 128;

    /** Longest record id, in characters. */
    public static final int MAX_RECORD_ID = 512;

    private static final int MAX_BYTES_PER_CHARACTER = 4;

    private AddressText() {}

    /** What is wrong with the text, as the end of a sentence, or null where it is fine. */
    public static String problem(byte[] utf8, int maxLength) {
        if (utf8 == null) {
            return "is missing";
        }
        if (utf8.length == 0) {
            return "is empty";
        }
        if (utf8.length > maxLength * MAX_BYTES_PER_CHARACTER) {
            return "has "
                    + utf8.length
                    + " bytes, at most "
                    + maxLength
                    + " characters are allowed";
        }
        if (utf8.length <= maxLength && isPrintableAscii(utf8)) {
            return null;
        }
        if (!Utf8.isValid(utf8, 0, utf8.length)) {
            return "is not valid UTF-8";
        }
        return problem(decode(utf8), maxLength);
    }

    /** What is wrong with the text, as the end of a sentence, or null where it is fine. */
    public static String problem(String text, int maxLength) {
        if (text == null) {
            return "is missing";
        }
        if (text.isEmpty()) {
            return "is empty";
        }
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            return "has " + length + " characters, at most " + maxLength + " are allowed";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isForbidden(c)) {
                return "holds the control character U+%04X".formatted((int) c);
            }
            if (isLoneSurrogate(text, i)) {
                return "is not valid Unicode";
            }
        }
        return null;
    }

    /** The text of bytes in which {@link #problem(byte[], int)} found nothing wrong. */
    static String decode(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** The text as bytes; null stays null. */
    static byte[] encode(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isPrintableAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < ' ' || b == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean isForbidden(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
