package io.autonomos.jobs.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.operators.sink.GraphTable;
import io.autonomos.schemas.model.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One text per value, whatever store gives it. */
final class Canonical {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    private Canonical() {}

    /**
     * The value of a field.
     *
     * @param text timestamps as epoch microseconds, lists and maps as JSON
     */
    static String value(FieldType type, String text) {
        if (text == null) {
            return null;
        }
        return switch (type) {
            case TEXT, BOOLEAN, DATE, INTEGER, TIMESTAMP -> text;
            case DECIMAL -> number(text);
            case TEXT_LIST, TEXT_MAP -> json(text);
        };
    }

    /** The value of a column of a graph's table. */
    static String value(GraphTable.ColumnType type, String text) {
        if (text == null) {
            return null;
        }
        return switch (type) {
            case TEXT, BIGINT, INTEGER -> text;
            case DOUBLE -> number(text);
            case JSON -> json(text);
        };
    }

    /** A number as every store writes it. */
    static String number(String text) {
        return number(new BigDecimal(text));
    }

    /** Without zeros at the end. */
    private static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    static String micros(Instant instant) {
        return Long.toString(
                Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                        instant.getNano() / 1_000));
    }

    /** Objects with their names in order, without white space. */
    static String json(String text) {
        return write(parse(text));
    }

    /** As {@link #json}, of an array whose order says nothing. */
    static String set(String text) {
        List<String> elements = new ArrayList<>();
        for (JsonNode element : parse(text)) {
            elements.add(write(element));
        }
        elements.sort(null);
        return elements.toString();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A store holds what is no JSON.", e);
        }
    }

    private static String write(JsonNode node) {
        return write(plain(node));
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> object = new TreeMap<>();
            node.properties().forEach(each -> object.put(each.getKey(), plain(each.getValue())));
            return object;
        }
        if (node.isArray()) {
            List<Object> array = new ArrayList<>();
            node.forEach(each -> array.add(plain(each)));
            return array;
        }
        return node.isNumber() ? new BigDecimal(number(node.decimalValue())) : node;
    }
}
