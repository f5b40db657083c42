package io.autonomos.mappings.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shape of a value as a set of paths with their types: what a fingerprint stands for. */
final class Shape {

    private final Set<List<Object>> pairs = new HashSet<>();

    private Shape() {}

    static Set<List<Object>> of(Object value) {
        Shape shape = new Shape();
        shape.add(List.of(), value);
        return shape.pairs;
    }

    private void add(List<Object> path, Object value) {
        if (value instanceof Map<?, ?> map) {
            pairs.add(List.of(path, "object"));
            map.forEach((name, each) -> add(List.of(path, "name", name), each));
        } else if (value instanceof List<?> list) {
            pairs.add(List.of(path, "array"));
            list.forEach(each -> add(List.of(path, "element"), each));
        } else {
            String type =
                    value instanceof String
                            ? "string"
                            : value instanceof Boolean
                                    ? "boolean"
                                    : value == null ? "null" : "number";
            pairs.add(List.of(path, type));
        }
    }
}
