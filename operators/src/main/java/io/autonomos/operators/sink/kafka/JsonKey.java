package io.autonomos.operators.sink.kafka;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The form of the keys of outgoing messages: a JSON array of texts in UTF-8 without white space,
 * such as {@code ["acme","001"]}.
 *
 * <p>Two different lists of texts never have the same key: only {@code "}, {@code \} and control
 * characters are escaped, each in one way.
 */
public final class JsonKey {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private JsonKey() {}

    /** The key of these texts. */
    public static byte[] of(String... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        out.write('[');
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            quote(out, parts[i]);
        }
        out.write(']');
        return out.toByteArray();
    }

    /** What all keys of two parts begin with whose first part is the given one. */
    static byte[] prefix(String first) {
        byte[] single = of(first);
        single[single.length - 1] = ',';
        return single;
    }

    /** The key that {@link #of} makes of the prefix's part and this one. */
    static byte[] append(byte[] prefix, String second) {
        byte[] text = second.getBytes(StandardCharsets.UTF_8);
        if (!isPlain(text)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(prefix.length + text.length + 8);
            out.writeBytes(prefix);
            quote(out, text);
            out.write(']');
            return out.toByteArray();
        }
        byte[] key = new byte[prefix.length + text.length + 3];
        System.arraycopy(prefix, 0, key, 0, prefix.length);
        key[prefix.length] = '"';
        System.arraycopy(text, 0, key, prefix.length + 1, text.length);
        key[key.length - 2] = '"';
        key[key.length - 1] = ']';
        return key;
    }

    private static void quote(ByteArrayOutputStream out, String part) {
        quote(out, part.getBytes(StandardCharsets.UTF_8));
    }

    private static void quote(ByteArrayOutputStream out, byte[] text) {
        out.write('"');
        if (isPlain(text)) {
            out.writeBytes(text);
            out.write('"');
            return;
        }
        for (byte each : text) {
            if (each == '"' || each == '\\') {
                out.write('\\');
                out.write(each);
            } else if (isControl(each)) {
                out.writeBytes(new byte[] {'\\', 'u', '0', '0', HEX[each >> 4], HEX[each & 15]});
            } else {
                out.write(each);
            }
        }
        out.write('"');
    }

    private static boolean isPlain(byte[] text) {
        for (byte each : text) {
            if (each == '"' || each == '\\' || isControl(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isControl(byte each) {
        return each >= 0 && each < 0x20;
    }
}
