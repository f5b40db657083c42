package io.autonomos.mappings.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.autonomos.mappings.language.Mapping.Entries;
import io.autonomos.mappings.scan.ExtendedJson;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.JsonText;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists of text and maps of text, from JSON's arrays and objects. */
final class NestedCasts {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private NestedCasts() {}

    /**
     * A list; one scalar is a list of one. A text that is a list as JSON writes it is that list;
     * any other is split where the mapping says so, else it may be a list as PostgreSQL writes it.
     */
    static Cast list(String separator) {
        return (bytes, from, to, jsonType, target) -> {
            if (jsonType == Fingerprint.ARRAY) {
                return array(bytes, from, to, target.out);
            }
            if (jsonType != Fingerprint.STRING && jsonType != Fingerprint.NUMBER) {
                return ErrorCode.VALUE_TYPE;
            }
            boolean isText = jsonType == Fingerprint.STRING;
            if (isText
                    && (separator == null || bytes[from + 1] == '[')
                    && listed(bytes, from, to, target.out)) {
                return null;
            }
            if (isText && separator != null) {
                return split(TextCasts.textForm(bytes, from, to, jsonType), separator, target.out);
            }
            target.out.put('[');
            ErrorCode error = TextCasts.text(bytes, from, to, jsonType, target);
            target.out.put(']');
            return error;
        };
    }

    /** Writes the list that a text is, if it is one. */
    private static boolean listed(byte[] bytes, int from, int to, JsonBuffer out) {
        byte first = bytes[from + 1];
        if (first != '[' && first != '{') {
            return false;
        }
        String text = TextCasts.textForm(bytes, from, to, Fingerprint.STRING);
        List<String> elements = first == '[' ? JsonInText.list(text) : ArrayText.elements(text);
        if (elements == null || elements.stream().anyMatch(JsonText::isUnstorable)) {
            return false;
        }
        out.put('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            out.quoted(elements.get(i));
        }
        out.put(']');
        return true;
    }

    private static ErrorCode split(String text, String separator, JsonBuffer out) {
        out.put('[');
        boolean first = true;
        for (int at = 0; at <= text.length(); ) {
            int next = text.indexOf(separator, at);
            int end = next < 0 ? text.length() : next;
            String part = text.substring(at, end).strip();
            if (!part.isEmpty()) {
                if (JsonText.isUnstorable(part)) {
                    return ErrorCode.VALUE_TEXT;
                }
                if (!first) {
                    out.put(',');
                }
                out.quoted(part);
                first = false;
            }
            at = end + separator.length();
            if (next < 0) {
                break;
            }
        }
        out.put(']');
        return null;
    }

    private static ErrorCode array(byte[] bytes, int from, int to, JsonBuffer out) {
        try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
            parser.nextToken();
            out.put('[');
            boolean first = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonToken token = parser.currentToken();
                if (token == JsonToken.VALUE_NULL) {
                    continue;
                }
                String text =
                        token.isScalarValue() ? parser.getText() : inside(parser, bytes, from);
                if (text == null) {
                    return ErrorCode.VALUE_TYPE;
                }
                if (JsonText.isUnstorable(text)) {
                    return ErrorCode.VALUE_TEXT;
                }
                if (!first) {
                    out.put(',');
                }
                out.quoted(text);
                first = false;
            }
            out.put(']');
            return null;
        } catch (IOException e) {
            return ErrorCode.VALUE_TOO_LONG; // a limit of the parser; the syntax has been checked
        }
    }

    /** The value in an object of MongoDB's that names its type, or null. */
    private static String inside(JsonParser parser, byte[] bytes, int from) throws IOException {
        int open = from + (int) parser.currentTokenLocation().getByteOffset();
        ExtendedJson.Inside inside =
                parser.currentToken() == JsonToken.START_OBJECT
                        ? ExtendedJson.value(bytes, open)
                        : null;
        parser.skipChildren();
        return inside == null
                ? null
                : TextCasts.textForm(inside.bytes(), inside.from(), inside.to(), inside.type());
    }

    /**
     * A map; a list of entries is one where the mapping names their key and value, and so is a text
     * that holds either as JSON.
     */
    static Cast map(Entries entries) {
        return (bytes, from, to, jsonType, target) -> {
            if (jsonType != Fingerprint.STRING) {
                return map(bytes, from, to, jsonType, entries, target.out);
            }
            String text = TextCasts.textForm(bytes, from, to, jsonType).strip();
            if (!JsonInText.isNested(text)) {
                return ErrorCode.VALUE_TYPE;
            }
            byte[] inside = text.getBytes(StandardCharsets.UTF_8);
            int type = inside[0] == '{' ? Fingerprint.OBJECT : Fingerprint.ARRAY;
            return map(inside, 0, inside.length, type, entries, target.out);
        };
    }

    private static ErrorCode map(
            byte[] bytes, int from, int to, int jsonType, Entries entries, JsonBuffer out) {
        boolean listed = entries != null && jsonType == Fingerprint.ARRAY;
        if (jsonType != Fingerprint.OBJECT && !listed) {
            return ErrorCode.VALUE_TYPE;
        }
        Map<String, String> found = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
            parser.nextToken();
            ErrorCode error = listed ? list(parser, entries, found) : object(parser, found);
            if (error != null) {
                return error;
            }
        } catch (IOException e) {
            return ErrorCode.VALUE_TOO_LONG; // a limit of the parser; the syntax has been checked
        }
        return write(found, out);
    }

    private static ErrorCode list(JsonParser parser, Entries entries, Map<String, String> into)
            throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return ErrorCode.VALUE_TYPE;
            }
            Map<String, String> members = new LinkedHashMap<>();
            ErrorCode error = object(parser, members);
            if (error != null) {
                return error;
            }
            String key = members.get(entries.key());
            if (key == null) {
                return ErrorCode.VALUE_TYPE;
            }
            into.put(key, members.getOrDefault(entries.value(), ""));
        }
        return null;
    }

    private static ErrorCode object(JsonParser parser, Map<String, String> into)
            throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (!token.isScalarValue()) {
                return ErrorCode.VALUE_TYPE;
            }
            if (token != JsonToken.VALUE_NULL) {
                into.put(name, parser.getText());
            }
        }
        return null;
    }

    private static ErrorCode write(Map<String, String> map, JsonBuffer out) {
        out.put('{');
        boolean first = true;
        for (Map.Entry<String, String> each : map.entrySet()) {
            if (JsonText.isUnstorable(each.getKey()) || JsonText.isUnstorable(each.getValue())) {
                return ErrorCode.VALUE_TEXT;
            }
            if (!first) {
                out.put(',');
            }
            out.quoted(each.getKey()).put(':').quoted(each.getValue());
            first = false;
        }
        out.put('}');
        return null;
    }
}
