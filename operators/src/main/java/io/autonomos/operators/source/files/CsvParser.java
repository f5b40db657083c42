package io.autonomos.operators.source.files;

import java.io.IOException;
import java.util.Arrays;

/**
 * Finds the fields of one row at the start of a window (RFC 4180; lines end with CR, LF or both).
 *
 * <p>A quote inside an unquoted field is text. A quoted field that is not closed within the limit,
 * or that goes on after its closing quote, is reported without consuming anything, so that the
 * caller can go on at the next line.
 */
final class CsvParser {

    enum Outcome {
        ROW,
        END,
        OPEN_QUOTE,
        TEXT_AFTER_QUOTE,
        TOO_LONG
    }

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    private final ByteWindow window;
    private final int limit;
    private int delimiter = ',';
    private int maxFields = Integer.MAX_VALUE;

    private int[] bounds = new int[64];
    private boolean[] escaped = new boolean[32];
    private int fields;
    private int length;
    private int terminator;
    private int lineBreaks;

    CsvParser(ByteWindow window, int limit) {
        this.window = window;
        this.limit = limit;
    }

    /** Takes the delimiter that is most frequent outside quotes in the first row. */
    void detectDelimiter() throws IOException {
        int[] counts = new int[DELIMITERS.length];
        boolean quoted = false;
        int c = window.peek(0);
        for (int i = 0; c != ByteWindow.END && i <= limit; c = window.peek(++i)) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                break;
            }
            for (int k = 0; k < DELIMITERS.length; k++) {
                counts[k] += !quoted && c == DELIMITERS[k] ? 1 : 0;
            }
        }
        int best = 0;
        for (int k = 1; k < counts.length; k++) {
            best = counts[k] > counts[best] ? k : best;
        }
        delimiter = DELIMITERS[best];
    }

    /** Remembers the bounds of only so many fields of a row; more are still counted. */
    void keep(int most) {
        maxFields = most;
    }

    Outcome parse() throws IOException {
        fields = 0;
        lineBreaks = 0;
        int i = 0;
        while (true) {
            int c = window.peek(i);
            int begun = i;
            if (c == '"') {
                i = endOfQuoted(i + 1);
                if (i < 0) {
                    return Outcome.OPEN_QUOTE;
                }
                c = window.peek(++i);
                if (c != ByteWindow.END && c != delimiter && !isLineEnd(c)) {
                    return Outcome.TEXT_AFTER_QUOTE;
                }
            } else {
                while (c != ByteWindow.END && c != delimiter && !isLineEnd(c) && i <= limit) {
                    c = window.peek(++i);
                }
                add(begun, i, false);
            }
            if (i > limit) {
                return Outcome.TOO_LONG;
            }
            if (c != delimiter) {
                return endOfRow(i, c);
            }
            i++;
        }
    }

    private int endOfQuoted(int begun) throws IOException {
        boolean doubled = false;
        int i = begun;
        while (i <= limit) {
            int c = window.peek(i);
            if (c == ByteWindow.END) {
                return -1;
            }
            if (c == '"') {
                if (window.peek(i + 1) != '"') {
                    add(begun, i, doubled);
                    return i;
                }
                doubled = true;
                i++;
            } else if (c == '\n' || (c == '\r' && window.peek(i + 1) != '\n')) {
                lineBreaks++;
            }
            i++;
        }
        return -1;
    }

    private Outcome endOfRow(int end, int c) throws IOException {
        length = end;
        if (c == ByteWindow.END) {
            terminator = 0;
            return end == 0 ? Outcome.END : Outcome.ROW;
        }
        terminator = c == '\r' && window.peek(end + 1) == '\n' ? 2 : 1;
        return Outcome.ROW;
    }

    private void add(int from, int to, boolean doubledQuotes) {
        if (fields < maxFields) {
            if (fields == escaped.length) {
                bounds = Arrays.copyOf(bounds, bounds.length * 2);
                escaped = Arrays.copyOf(escaped, escaped.length * 2);
            }
            bounds[2 * fields] = from;
            bounds[2 * fields + 1] = to;
            escaped[fields] = doubledQuotes;
        }
        fields++;
    }

    private static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r';
    }

    int fields() {
        return fields;
    }

    int from(int field) {
        return bounds[2 * field];
    }

    int to(int field) {
        return bounds[2 * field + 1];
    }

    /** Whether the field holds doubled quotes that stand for one. */
    boolean hasDoubledQuotes(int field) {
        return escaped[field];
    }

    /** Bytes of the row without its line end. */
    int length() {
        return length;
    }

    /** Bytes of the line end. */
    int terminator() {
        return terminator;
    }

    /** Line breaks inside quoted fields. */
    int lineBreaks() {
        return lineBreaks;
    }

    boolean isBlank() {
        return length == 0;
    }
}
