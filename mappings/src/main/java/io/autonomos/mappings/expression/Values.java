package io.autonomos.mappings.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.NullValue;
import io.autonomos.mappings.expression.Failures.FunctionException;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.JsonText;
import io.autonomos.schemas.Fingerprint;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON's values as an expression sees them, and back. */
public final class Values {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
    private static final int LONGEST_NUMBER = 400;
    private static final int LARGEST_SCALE = 400;

    private Values() {}

    /**
     * The value of a JSON token.
     *
     * @param jsonType as in {@link Fingerprint}
     * @throws ExpressionException if it is a number that no store keeps
     */
    public static Object ofToken(byte[] bytes, int from, int to, int jsonType)
            throws ExpressionException {
        try {
            return switch (jsonType) {
                case Fingerprint.STRING -> JsonText.decode(bytes, from + 1, to - 1);
                case Fingerprint.NUMBER -> number(bytes, from, to);
                case Fingerprint.BOOLEAN -> bytes[from] == 't';
                case Fingerprint.OBJECT, Fingerprint.ARRAY -> nested(bytes, from, to);
                default -> null;
            };
        } catch (FunctionException e) {
            throw new ExpressionException(e.getMessage(), 1, 1);
        }
    }

    private static Object nested(byte[] bytes, int from, int to) {
        try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
            parser.nextToken();
            return read(parser);
        } catch (IOException e) {
            throw new FunctionException("a nested value exceeds a limit of the parser");
        }
    }

    private static Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT:
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, toExpression(read(parser)));
                }
                return members;
            case START_ARRAY:
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(toExpression(read(parser)));
                }
                return elements;
            case VALUE_STRING:
                return parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
                return number(parser.getText());
            case VALUE_TRUE:
                return true;
            case VALUE_FALSE:
                return false;
            default:
                return null;
        }
    }

    /** Short numbers without an exponent, the most common ones, without a text in between. */
    private static Object number(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        int first = negative ? from + 1 : from;
        if (to - first > 18) {
            return number(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        }
        long digits = 0;
        int point = -1;
        for (int i = first; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
            } else if (bytes[i] == '.') {
                point = i;
            } else {
                return number(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
            }
        }
        long signed = negative ? -digits : digits;
        return point < 0 ? (Object) signed : BigDecimal.valueOf(signed, to - point - 1);
    }

    /** A number in JSON's form: a whole one of up to 18 digits is a long, all others are exact. */
    static Object number(String text) {
        if (text.length() <= 18 && isWhole(text)) {
            return Long.parseLong(text);
        }
        if (text.length() > LONGEST_NUMBER) {
            throw new FunctionException("a number is too long");
        }
        try {
            return bounded(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new FunctionException("a number is out of range"); // by its exponent
        }
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c != '-' || i > 0)) {
                return false;
            }
        }
        return !text.equals("-");
    }

    /** Keeps numbers to a size that takes no time to work with. */
    static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.scale()) > LARGEST_SCALE
                || number.precision() > LONGEST_NUMBER) {
            throw new FunctionException("a number is out of range");
        }
        return number;
    }

    static Object toExpression(Object value) {
        return value == null ? NullValue.NULL_VALUE : value;
    }

    static boolean isNull(Object value) {
        return value == null
                || value instanceof NullValue
                || value instanceof dev.cel.common.values.NullValue;
    }

    static Object fromExpression(Object value) {
        return isNull(value) ? null : value;
    }

    /** What a condition ends with whose value is neither true nor false. */
    public static ExpressionException notBoolean() {
        return new ExpressionException("its value is neither true nor false", 1, 1);
    }

    /**
     * Writes a value as JSON.
     *
     * @return its JSON type, as in {@link Fingerprint}
     * @throws ExpressionException if JSON has no such value
     */
    public static int write(Object value, JsonBuffer out) throws ExpressionException {
        if (isNull(value)) {
            out.ascii("null");
            return Fingerprint.NULL;
        }
        if (value instanceof String text) {
            out.quoted(text);
            return Fingerprint.STRING;
        }
        if (value instanceof Boolean flag) {
            out.ascii(flag.toString());
            return Fingerprint.BOOLEAN;
        }
        if (value instanceof Long || value instanceof BigDecimal || isFinite(value)) {
            out.ascii(plain(value));
            return Fingerprint.NUMBER;
        }
        if (value instanceof List<?> list) {
            return list(list, out);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, out);
        }
        if (value instanceof java.time.Instant instant) {
            out.quoted(instant.toString());
            return Fingerprint.STRING;
        }
        throw new ExpressionException(
                "its value is neither text, number, boolean, list nor map", 1, 1);
    }

    /** The text of a text or number; null of all else and of empty text. */
    public static String text(Object value) {
        if (value instanceof String text) {
            return text.isEmpty() ? null : text;
        }
        return value instanceof Long || value instanceof BigDecimal || isFinite(value)
                ? plain(value)
                : null;
    }

    /** Whether a text or number can be read in a result; of a boolean that is taken for granted. */
    public static boolean holds(Object result, Object value) {
        if (result instanceof List<?> list) {
            return list.stream().anyMatch(each -> holds(each, value));
        }
        if (result instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(each -> holds(each, value));
        }
        String part = text(value);
        if (part == null || part.equalsIgnoreCase("true") || part.equalsIgnoreCase("false")) {
            return true;
        }
        String whole = text(result);
        if (whole == null) {
            return false;
        }
        return result instanceof String
                ? whole.contains(part)
                : WrittenNumber.isEqual(part, new BigDecimal(whole));
    }

    private static boolean isFinite(Object value) {
        return value instanceof Double number && Double.isFinite(number);
    }

    private static String plain(Object number) {
        return number instanceof Double inexact
                ? BigDecimal.valueOf(inexact).toPlainString()
                : number instanceof BigDecimal exact ? exact.toPlainString() : number.toString();
    }

    private static int list(List<?> list, JsonBuffer out) throws ExpressionException {
        char before = '[';
        for (Object each : list) {
            out.put(before);
            write(each, out);
            before = ',';
        }
        if (list.isEmpty()) {
            out.put('[');
        }
        out.put(']');
        return Fingerprint.ARRAY;
    }

    private static int map(Map<?, ?> map, JsonBuffer out) throws ExpressionException {
        char before = '{';
        for (Map.Entry<?, ?> each : map.entrySet()) {
            out.put(before).quoted(String.valueOf(each.getKey())).put(':');
            write(each.getValue(), out);
            before = ',';
        }
        if (map.isEmpty()) {
            out.put('{');
        }
        out.put('}');
        return Fingerprint.OBJECT;
    }
}
