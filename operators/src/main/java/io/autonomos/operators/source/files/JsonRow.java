package io.autonomos.operators.source.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Writes a row's cells as one JSON object with text values, straight to bytes. */
final class JsonRow {

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final int LONGEST_ESCAPE = 6;
    private static final int MOST_KEPT = 1 << 20;

    private final byte[][] keys;
    private byte[] out = new byte[1024];
    private int length;

    JsonRow(List<String> names) {
        keys = new byte[names.size()][];
        for (int i = 0; i < keys.length; i++) {
            byte[] name = names.get(i).getBytes(UTF_8);
            length = 0;
            raw(i == 0 ? '{' : ',');
            text(name, 0, name.length, false);
            raw(':');
            keys[i] = Arrays.copyOf(out, length);
        }
        length = 0;
    }

    /** Writes the value of the next column; columns come in the order of their names. */
    void cell(int column, byte[] bytes, int from, int to, boolean doubledQuotes) {
        byte[] key = keys[column];
        ensure(key.length);
        System.arraycopy(key, 0, out, length, key.length);
        length += key.length;
        text(bytes, from, to, doubledQuotes);
    }

    /** Ends the object, returns it and begins the next. */
    byte[] finish() {
        if (length == 0) {
            raw('{');
        }
        raw('}');
        byte[] json = Arrays.copyOf(out, length);
        length = 0;
        if (out.length > MOST_KEPT) {
            out = new byte[1024];
        }
        return json;
    }

    private void text(byte[] bytes, int from, int to, boolean doubledQuotes) {
        ensure(to - from + 2);
        out[length++] = '"';
        for (int i = from; i < to; i++) {
            ensure(LONGEST_ESCAPE + 1);
            byte b = bytes[i];
            if (b == '"') {
                out[length++] = '\\';
                out[length++] = '"';
                i += doubledQuotes ? 1 : 0;
            } else if (b == '\\') {
                out[length++] = '\\';
                out[length++] = '\\';
            } else if (b >= 0 && b < ' ') {
                control(b);
            } else {
                out[length++] = b;
            }
        }
        out[length++] = '"';
    }

    private void control(byte b) {
        out[length++] = '\\';
        switch (b) {
            case '\n' -> out[length++] = 'n';
            case '\r' -> out[length++] = 'r';
            case '\t' -> out[length++] = 't';
            default -> {
                out[length++] = 'u';
                out[length++] = '0';
                out[length++] = '0';
                out[length++] = HEX[b >> 4];
                out[length++] = HEX[b & 15];
            }
        }
    }

    private void raw(char c) {
        ensure(1);
        out[length++] = (byte) c;
    }

    private void ensure(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
        }
    }
}
