package io.autonomos.mappings.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads valid JSON to the values of {@link RandomJson}, numbers as they are written. */
public final class Json {

    private final byte[] bytes;
    private int at;

    private Json(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The value; of equal names the last counts. */
    public static Object read(byte[] json) {
        return new Json(json).value();
    }

    private char next() {
        while (" \t\r\n".indexOf(bytes[at]) >= 0) {
            at++;
        }
        return (char) bytes[at];
    }

    private Object value() {
        char first = next();
        if (first == '{') {
            return object();
        }
        if (first == '[') {
            return array();
        }
        if (first == '"') {
            return string();
        }
        StringBuilder word = new StringBuilder();
        while (at < bytes.length && ",]} \t\r\n".indexOf(bytes[at]) < 0) {
            word.append((char) bytes[at++]);
        }
        return switch (word.toString()) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> new RandomJson.Num(word.toString());
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        while (next() != '}') {
            String name = string();
            next();
            at++;
            object.put(name, value());
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        at++;
        while (next() != ']') {
            array.add(value());
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return array;
    }

    private String string() {
        int from = at;
        do {
            at += bytes[at] == '\\' ? 2 : 1;
        } while (bytes[at] != '"');
        at++;
        return JsonText.decode(bytes, from + 1, at - 1);
    }
}
