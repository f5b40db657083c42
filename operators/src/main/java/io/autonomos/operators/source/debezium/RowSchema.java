package io.autonomos.operators.source.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The columns of a row, or the members of a struct, in their order. */
public final class RowSchema {

    private final byte[][] names;
    private final ValueSchema[] values;
    private final Map<String, Integer> index = new HashMap<>();
    private final boolean plain;

    private RowSchema(byte[][] names, ValueSchema[] values) {
        this.names = names;
        this.values = values;
        for (int i = 0; i < names.length; i++) {
            index.put(new String(names[i], StandardCharsets.UTF_8), i);
        }
        plain = Arrays.stream(values).allMatch(each -> each == null);
    }

    /** What a struct's schema of the JSON converter says, or null where it is none. */
    static RowSchema of(JsonNode schema) {
        JsonNode fields = schema.path("fields");
        if (!schema.path("type").asText().equals("struct") || !fields.isArray()) {
            return null;
        }
        byte[][] names = new byte[fields.size()][];
        ValueSchema[] values = new ValueSchema[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = fields.get(i).path("field").asText().getBytes(StandardCharsets.UTF_8);
            values[i] = ValueSchema.of(fields.get(i));
        }
        return new RowSchema(names, values);
    }

    /** Whether every value is plain JSON already. */
    boolean isPlain() {
        return plain;
    }

    /**
     * How a column is written, or null.
     *
     * @param expected its place in the row, where rows keep the schema's order
     */
    ValueSchema column(int expected, byte[] bytes, int from, int to) {
        if (plain) {
            return null;
        }
        if (expected < names.length
                && Arrays.equals(names[expected], 0, names[expected].length, bytes, from, to)) {
            return values[expected];
        }
        Integer at = index.get(JsonCursor.text(bytes, from, to));
        return at == null ? null : values[at];
    }
}
