package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.StreamKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** What the batches of rows with a key of texts share. */
final class PostgresRows {

    private static final Comparator<List<String>> BY_TEXTS =
            (a, b) -> {
                for (int i = 0; i < a.size(); i++) {
                    int order = a.get(i).compareTo(b.get(i));
                    if (order != 0) {
                        return order;
                    }
                }
                return 0;
            };

    private PostgresRows() {}

    /** The key of a row that there is one of for each stream. */
    static List<String> texts(StreamKey key) {
        return List.of(key.tenant(), key.connection(), key.stream());
    }

    /**
     * One row of each key, since a statement may touch a row once only; ordered by key, so that two
     * subtasks take locks in the same order.
     *
     * @param kept which of two rows stays, the earlier one first
     */
    static <T> List<T> onePerKey(
            List<T> rows, Function<T, List<String>> key, BinaryOperator<T> kept) {
        Map<List<String>, T> byKey = new TreeMap<>(BY_TEXTS);
        for (T row : rows) {
            byKey.merge(key.apply(row), row, kept);
        }
        return new ArrayList<>(byKey.values());
    }
}
