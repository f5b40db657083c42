package io.autonomos.mappings.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.autonomos.mappings.language.Mapping.Entries;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.JsonText;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lists of text and maps of text, from JSON's arrays and objects. */
final class NestedCasts {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private NestedCasts() {}

    /** A list; one scalar is a list of one, and a text is split where the mapping says so. */
    static Cast list(String separator) {
        return (bytes, from, to, jsonType, target) -> {
            if (jsonType == Fingerprint.ARRAY) {
                return array(bytes, from, to, target.out);
            }
            if (jsonType != Fingerprint.STRING && jsonType != Fingerprint.NUMBER) {
                return ErrorCode.VALUE_TYPE;
            }
            if (separator != null && jsonType == Fingerprint.STRING) {
                return split(TextCasts.textForm(bytes, from, to, jsonType), separator, target.out);
            }
            target.out.put('[');
            ErrorCode error = TextCasts.text(bytes, from, to, jsonType, target);
            target.out.put(']');
            return error;
        };
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
                if (!token.isScalarValue()) {
                    return ErrorCode.VALUE_TYPE;
                }
                String text = parser.getText();
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

    /** A map; a list of entries is one where the mapping names their key and value. */
    static Cast map(Entries entries) {
        return (bytes, from, to, jsonType, target) -> {
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
                return ErrorCode.VALUE_TOO_LONG;
            }
            return write(found, target.out);
        };
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
