package io.autonomos.mappings.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists and objects that stand as JSON inside a text, as in columns of CSV files. */
final class JsonInText {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private JsonInText() {}

    /**
     * The elements without nulls, or null where the text is no list of texts, numbers, booleans.
     */
    static List<String> list(String text) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return null;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonToken token = parser.currentToken();
                if (token == null || !token.isScalarValue()) {
                    return null;
                }
                if (token != JsonToken.VALUE_NULL) {
                    elements.add(parser.getText());
                }
            }
            return parser.nextToken() == null ? elements : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether a text is one list or object, with nothing after it. */
    static boolean isNested(String text) {
        if (text.isEmpty() || "[{".indexOf(text.charAt(0)) < 0) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null && !parser.hasCurrentToken();
        } catch (IOException e) {
            return false;
        }
    }
}
