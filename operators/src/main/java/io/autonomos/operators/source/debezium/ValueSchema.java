package io.autonomos.operators.source.debezium;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How the values of a column are written; null stands for values that are plain JSON already.
 *
 * @param scale of a decimal, {@link #NO_SCALE} where the schema tells none, else 0
 * @param element of an array or map, else null
 * @param row of a struct, else null
 */
record ValueSchema(Encoding encoding, int scale, ValueSchema element, RowSchema row) {

    static final int NO_SCALE = Integer.MIN_VALUE;

    /** What a schema of the JSON converter says, or null. */
    static ValueSchema of(JsonNode schema) {
        Encoding named = Encoding.ofName(schema.path("name").asText());
        if (named == Encoding.DECIMAL) {
            String scale = schema.path("parameters").path("scale").asText();
            boolean isNumber = scale.matches("-?[0-9]{1,9}");
            return new ValueSchema(
                    named, isNumber ? Integer.parseInt(scale) : NO_SCALE, null, null);
        }
        if (named != null) {
            return new ValueSchema(named, 0, null, null);
        }
        return switch (schema.path("type").asText()) {
            case "array" -> container(Encoding.ARRAY, schema.path("items"));
            case "map" -> container(Encoding.MAP, schema.path("values"));
            case "struct" -> struct(schema);
            default -> null;
        };
    }

    private static ValueSchema container(Encoding encoding, JsonNode element) {
        ValueSchema of = of(element);
        return of == null ? null : new ValueSchema(encoding, 0, of, null);
    }

    private static ValueSchema struct(JsonNode schema) {
        RowSchema row = RowSchema.of(schema);
        return row == null || row.isPlain() ? null : new ValueSchema(Encoding.STRUCT, 0, null, row);
    }
}
