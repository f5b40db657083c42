package io.autonomos.mappings.scan;

import java.util.ArrayList;
import java.util.List;

/** Finds the elements of arrays in JSON that has passed the scanner. */
public final class JsonArrays {

    private JsonArrays() {}

    /** Where each element of the array between two positions starts and ends. */
    public static List<int[]> elements(byte[] bytes, int from, int to) {
        List<int[]> elements = new ArrayList<>();
        int at = skipSpace(bytes, from + 1);
        while (at < to - 1) {
            int end = endOfValue(bytes, at);
            elements.add(new int[] {at, end});
            at = skipSpace(bytes, skipSpace(bytes, end) + 1);
        }
        return elements;
    }

    static int endOfValue(byte[] bytes, int from) {
        int depth = 0;
        int at = from;
        while (true) {
            byte b = bytes[at];
            if (b == '"') {
                at = endOfString(bytes, at);
                if (depth == 0) {
                    return at;
                }
                continue;
            }
            if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
                if (depth <= 0) {
                    return depth < 0 ? at : at + 1;
                }
            } else if (depth == 0 && (b == ',' || b <= ' ')) {
                return at;
            }
            at++;
        }
    }

    private static int endOfString(byte[] bytes, int open) {
        int at = open + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    static int skipSpace(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at;
    }
}
