package io.autonomos.operators.source.debezium;

import io.autonomos.mappings.scan.JsonText;

/** Steps over the tokens of JSON that has passed the scanner. */
final class JsonCursor {

    private JsonCursor() {}

    /** The text inside the quotes of a string. */
    static String text(byte[] bytes, int from, int to) {
        return JsonText.decode(bytes, from, to);
    }

    static int skipSpace(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r') {
            at++;
        }
        return at;
    }

    /** The position after the string that starts here. */
    static int endOfString(byte[] bytes, int open) {
        int at = open + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** The position after the value that starts here. */
    static int endOfValue(byte[] bytes, int from) {
        byte first = bytes[from];
        if (first == '"') {
            return endOfString(bytes, from);
        }
        return first == '{' || first == '[' ? endOfNested(bytes, from) : endOfPlain(bytes, from);
    }

    private static int endOfNested(byte[] bytes, int from) {
        int depth = 0;
        int at = from;
        while (true) {
            switch (bytes[at]) {
                case '"' -> at = endOfString(bytes, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 0) {
                        return at + 1;
                    }
                }
                default -> {
                    // Part of a number or literal, or between tokens.
                }
            }
            at++;
        }
    }

    private static int endOfPlain(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length
                && bytes[at] > ' '
                && bytes[at] != ','
                && bytes[at] != '}'
                && bytes[at] != ']') {
            at++;
        }
        return at;
    }
}
