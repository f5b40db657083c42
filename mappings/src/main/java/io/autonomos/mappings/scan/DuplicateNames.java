package io.autonomos.mappings.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes equal names out of a record that has passed the scanner: of each object's members of one
 * name the last is left, at every depth. All other bytes stay as they are.
 */
public final class DuplicateNames {

    private final byte[] bytes;
    private final List<int[]> dropped = new ArrayList<>();
    private int at;

    private DuplicateNames(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The record with the last of equal names only. */
    public static byte[] lastWins(byte[] record) {
        DuplicateNames names = new DuplicateNames(record);
        names.skipSpace();
        names.value();
        return names.rest();
    }

    private byte[] rest() {
        dropped.sort(Comparator.comparingInt(range -> range[0]));
        byte[] rest = new byte[bytes.length];
        int size = 0;
        int from = 0;
        for (int[] range : dropped) {
            if (range[0] >= from) {
                System.arraycopy(bytes, from, rest, size, range[0] - from);
                size += range[0] - from;
            }
            from = Math.max(from, range[1]);
        }
        System.arraycopy(bytes, from, rest, size, bytes.length - from);
        return Arrays.copyOf(rest, size + bytes.length - from);
    }

    private void value() {
        switch (bytes[at]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> {
                while (at < bytes.length && ",]} \t\r\n".indexOf(bytes[at]) < 0) {
                    at++;
                }
            }
        }
    }

    /** A member is dropped together with the comma after it: another of its name follows. */
    private void object() {
        Map<String, Integer> last = new HashMap<>();
        List<Integer> starts = new ArrayList<>();
        List<Integer> replaced = new ArrayList<>();
        at++;
        skipSpace();
        while (bytes[at] == '"') {
            int start = at;
            string();
            Integer earlier = last.put(JsonText.decode(bytes, start + 1, at - 1), starts.size());
            if (earlier != null) {
                replaced.add(earlier);
            }
            starts.add(start);
            skipSpace();
            at++; // the colon
            skipSpace();
            value();
            next();
        }
        at++;
        for (int each : replaced) {
            dropped.add(new int[] {starts.get(each), starts.get(each + 1)});
        }
    }

    private void array() {
        at++;
        skipSpace();
        while (bytes[at] != ']') {
            value();
            next();
        }
        at++;
    }

    /** To the next member or element, or the closing bracket. */
    private void next() {
        skipSpace();
        if (bytes[at] == ',') {
            at++;
            skipSpace();
        }
    }

    private void string() {
        at++;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipSpace() {
        while (at < bytes.length
                && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
            at++;
        }
    }
}
