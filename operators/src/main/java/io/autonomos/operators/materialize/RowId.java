package io.autonomos.operators.materialize;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The ids of unified rows: readable, different for different things, and bounded in length. They
 * follow from what a record says, so that a replay in any order gives the same.
 *
 * <p>An id is a kind, a colon and parts joined by slashes, such as {@code email:ada@example.com} or
 * {@code record:crm/Account/001}. What could be taken for a separator is percent-encoded, and a
 * long one ends in a hash.
 */
final class RowId {

    private static final int MAX_LENGTH = 256;
    private static final int KEPT = 160;
    private static final int HASH_BYTES = 16;
    private static final char DELETE = 0x7F;

    private RowId() {}

    /** The id of that kind and these parts. */
    static String of(String kind, String... parts) {
        StringBuilder id = new StringBuilder(64).append(kind);
        boolean odd = false;
        for (int i = 0; i < parts.length; i++) {
            id.append(i == 0 ? ':' : '/');
            odd |= escape(parts[i], id);
        }
        return odd || id.length() > MAX_LENGTH ? hashed(id) : id.toString();
    }

    /** Appends the part; tells whether UTF-8 cannot say it. */
    private static boolean escape(String part, StringBuilder into) {
        boolean odd = false;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%' || c == '/' || c == '#' || c < ' ' || c == DELETE) {
                into.append('%').append(hex(c >> 4)).append(hex(c & 15));
                continue;
            }
            into.append(c);
            if (Character.isHighSurrogate(c)
                    && i + 1 < part.length()
                    && Character.isLowSurrogate(part.charAt(i + 1))) {
                into.append(part.charAt(++i));
            } else {
                odd |= Character.isSurrogate(c);
            }
        }
        return odd;
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }

    /** What can be read of it, and a hash of all of it. */
    private static String hashed(StringBuilder id) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < id.length() && text.length() < KEPT; i++) {
            char c = id.charAt(i);
            if (!Character.isSurrogate(c)) {
                text.append(c);
            }
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuffer chars = ByteBuffer.allocate(2 * id.length());
            id.chars().forEach(c -> chars.putChar((char) c));
            byte[] hash = sha.digest(chars.array());
            byte[] kept = Arrays.copyOf(hash, HASH_BYTES);
            return text.append('#').append(HexFormat.of().formatHex(kept)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
