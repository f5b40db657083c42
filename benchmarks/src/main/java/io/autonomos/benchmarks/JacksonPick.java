package io.autonomos.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The reference: streams through a record and picks some members as text, nothing else. */
final class JacksonPick {

    private final JsonFactory factory = new JsonFactory();
    private final Map<String, Integer> slots = new HashMap<>();
    private final String[] values;

    JacksonPick(String... names) {
        for (String name : names) {
            slots.put(name, slots.size());
        }
        values = new String[names.length];
    }

    String[] pick(byte[] record) throws IOException {
        try (JsonParser parser = factory.createParser(record)) {
            parser.nextToken();
            for (String name = parser.nextFieldName();
                    name != null;
                    name = parser.nextFieldName()) {
                Integer slot = slots.get(name);
                JsonToken token = parser.nextToken();
                if (slot != null) {
                    values[slot] = token == JsonToken.VALUE_NULL ? null : parser.getText();
                } else if (token.isStructStart()) {
                    parser.skipChildren();
                }
            }
            return values;
        }
    }
}
