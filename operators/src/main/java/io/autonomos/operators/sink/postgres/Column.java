package io.autonomos.operators.sink.postgres;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A column and its type in PostgreSQL.
 *
 * <p>Names come from the entity model or from this code, never from data.
 */
record Column(String name, String type, boolean required) {

    String quoted() {
        return '"' + name + '"';
    }

    String definition() {
        return quoted() + " " + type + (required ? " NOT NULL" : "");
    }

    /** The names, each behind a prefix such as {@code t.}. */
    static String list(String prefix, List<Column> columns) {
        return columns.stream().map(c -> prefix + c.quoted()).collect(Collectors.joining(", "));
    }

    /**
     * Inserts rows: one array parameter per column, in their order. The table goes by {@code t}.
     */
    static String insert(String table, List<Column> columns) {
        String names = list("", columns);
        String values =
                columns.stream()
                        .map(c -> "s." + c.quoted() + PostgresArray.cast(c.type()))
                        .collect(Collectors.joining(", "));
        String parameters = columns.stream().map(c -> "?").collect(Collectors.joining(", "));
        return "INSERT INTO %s AS t (%s) SELECT %s FROM unnest(%s) AS s (%s)"
                .formatted(table, names, values, parameters, names);
    }

    /** Takes over the values of the row that was to be inserted. */
    static String changes(List<Column> columns) {
        return columns.stream()
                .map(c -> c.quoted() + " = EXCLUDED." + c.quoted())
                .collect(Collectors.joining(", "));
    }
}
