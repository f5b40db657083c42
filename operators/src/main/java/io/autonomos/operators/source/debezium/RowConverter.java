package io.autonomos.operators.source.debezium;

import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.JsonText;
import io.autonomos.schemas.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a row as plain JSON: decimals as exact numbers, dates, times and instants as ISO 8601,
 * columns of JSON as what they hold; all else as it stands. A row without such values is cut out of
 * its message as it is. Not thread-safe.
 */
public final class RowConverter {

    /** What Debezium writes for a column that an update did not touch and did not send. */
    private static final byte[] UNAVAILABLE =
            "\"__debezium_unavailable_value\"".getBytes(StandardCharsets.US_ASCII);

    /** The same where the column holds bytes. */
    private static final byte[] UNAVAILABLE_BYTES =
            "\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SCALE = "scale".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_KEPT = 1 << 20;

    private JsonBuffer out = new JsonBuffer(1024);
    private byte[] in;
    private int at;
    private int copied;
    private boolean gone;
    private boolean described;
    private int columnFrom;
    private int columnTo;

    /**
     * Converts one row, a sound JSON object between two positions.
     *
     * @param schema the row's, or null where the message carries none
     * @param delete whether the row is gone, so that columns that were not sent do not matter
     */
    public byte[] convert(byte[] bytes, int from, int to, RowSchema schema, boolean delete)
            throws RowException {
        in = bytes;
        at = from;
        copied = from;
        gone = delete;
        described = schema != null;
        try {
            object(schema, null, true);
            if (copied == from) {
                return Arrays.copyOfRange(bytes, from, to);
            }
            out.put(in, copied, to);
            return out.toBytes();
        } finally {
            in = null;
            if (out.size() > MOST_KEPT) {
                out = new JsonBuffer(1024);
            }
            out.reset();
        }
    }

    /** Reads the members of an object: those of a row, or all of one kind. */
    private void object(RowSchema row, ValueSchema each, boolean top) throws RowException {
        skipSpace(1);
        if (in[at] == '}') {
            at++;
            return;
        }
        for (int index = 0; ; index++) {
            int nameFrom = at + 1;
            at = JsonCursor.endOfString(in, at);
            int nameTo = at - 1;
            if (top) {
                columnFrom = nameFrom;
                columnTo = nameTo;
            }
            skipSpace(0);
            skipSpace(1);
            value(row == null ? each : row.column(index, in, nameFrom, nameTo));
            skipSpace(0);
            if (in[at] == '}') {
                at++;
                return;
            }
            skipSpace(1);
        }
    }

    private void array(ValueSchema each) throws RowException {
        skipSpace(1);
        while (in[at] != ']') {
            value(each);
            skipSpace(0);
            if (in[at] == ',') {
                skipSpace(1);
            }
        }
        at++;
    }

    private void value(ValueSchema schema) throws RowException {
        switch (in[at]) {
            case '"' -> string(schema, JsonCursor.endOfString(in, at));
            case '{' -> nested(schema);
            case '[' -> {
                boolean known = schema != null && schema.encoding() == Encoding.ARRAY;
                array(known ? schema.element() : null);
            }
            default -> number(schema, JsonCursor.endOfValue(in, at));
        }
    }

    private void string(ValueSchema schema, int end) throws RowException {
        if (is(UNAVAILABLE, end) || is(UNAVAILABLE_BYTES, end)) {
            if (!gone) {
                throw new RowException(
                        ErrorCode.FEED_INCOMPLETE,
                        column(),
                        "was not sent, as the update did not change it");
            }
            replace(end, NULL);
        } else if (schema != null && schema.encoding() == Encoding.DECIMAL) {
            String base64 = JsonCursor.text(in, at + 1, end - 1);
            replace(end, required(Values.decimal(base64, schema.scale())));
        } else if (schema != null && schema.encoding() == Encoding.JSON) {
            byte[] text = JsonText.unescape(in, at + 1, end - 1);
            if (Values.isJson(text)) {
                replace(end, text);
            }
        }
        at = end;
    }

    private void number(ValueSchema schema, int end) {
        long number = schema == null ? Long.MIN_VALUE : Values.integer(in, at, end);
        if (number != Long.MIN_VALUE) {
            String text = Values.temporal(schema.encoding(), number);
            if (text != null) {
                replace(end, ascii('"' + text + '"'));
            }
        }
        at = end;
    }

    private void nested(ValueSchema schema) throws RowException {
        Encoding encoding = schema == null ? null : schema.encoding();
        if (encoding == Encoding.SCALED_DECIMAL || (schema == null && !described)) {
            int end = JsonCursor.endOfValue(in, at);
            String decimal = scaledDecimal();
            if (decimal != null) {
                replace(end, ascii(decimal));
                at = end;
                return;
            }
            if (encoding == Encoding.SCALED_DECIMAL) {
                required(null);
            }
        }
        if (schema == null && described) {
            at = JsonCursor.endOfValue(in, at);
        } else if (encoding == Encoding.STRUCT) {
            object(schema.row(), null, false);
        } else {
            object(null, encoding == Encoding.MAP ? schema.element() : null, false);
        }
    }

    /** The number that an object of {@code scale} and {@code value}, and no more, stands for. */
    private String scaledDecimal() {
        int scale = 0;
        String base64 = null;
        int members = 0;
        int p = JsonCursor.skipSpace(in, at + 1);
        while (in[p] == '"') {
            int nameFrom = p + 1;
            int nameTo = JsonCursor.endOfString(in, p) - 1;
            p = JsonCursor.skipSpace(in, JsonCursor.skipSpace(in, nameTo + 1) + 1);
            int end = JsonCursor.endOfValue(in, p);
            if (is(SCALE, nameFrom, nameTo)) {
                long number = Values.integer(in, p, end);
                if (number != (int) number) {
                    return null;
                }
                scale = (int) number;
            } else if (is(VALUE, nameFrom, nameTo) && in[p] == '"') {
                base64 = JsonCursor.text(in, p + 1, end - 1);
            } else {
                return null;
            }
            members++;
            p = JsonCursor.skipSpace(in, end);
            p = in[p] == ',' ? JsonCursor.skipSpace(in, p + 1) : p;
        }
        return members == 2 && base64 != null ? Values.decimal(base64, scale) : null;
    }

    private byte[] required(String number) throws RowException {
        if (number == null) {
            throw new RowException(
                    ErrorCode.FEED_VALUE, column(), "is not the decimal that its schema says");
        }
        return ascii(number);
    }

    private String column() {
        return JsonCursor.text(in, columnFrom, columnTo);
    }

    private void replace(int end, byte[] by) {
        out.put(in, copied, at).put(by);
        copied = end;
    }

    private boolean is(byte[] token, int end) {
        return is(token, at, end);
    }

    private boolean is(byte[] text, int from, int to) {
        return Arrays.equals(text, 0, text.length, in, from, to);
    }

    private void skipSpace(int more) {
        at = JsonCursor.skipSpace(in, at + more);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
