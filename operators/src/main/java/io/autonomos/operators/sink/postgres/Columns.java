package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.MessageJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The columns that rows of one kind fill: each with its type and where its value comes from. */
final class Columns<T> {

    private final List<Column> columns = new ArrayList<>();
    private final List<BiConsumer<T, PostgresArray>> values = new ArrayList<>();

    /** A column that is filled in its own way. */
    Columns<T> of(String name, String type, BiConsumer<T, PostgresArray> value) {
        columns.add(new Column(name, type, false));
        values.add(value);
        return this;
    }

    /** Text, or null. */
    Columns<T> text(String name, Function<T, String> value) {
        return of(name, "text", (row, array) -> array.addText(value.apply(row)));
    }

    Columns<T> integer(String name, ToIntFunction<T> value) {
        return of(name, "integer", (row, array) -> array.addInt(value.applyAsInt(row)));
    }

    Columns<T> bigint(String name, ToLongFunction<T> value) {
        return of(name, "bigint", (row, array) -> array.addLong(value.applyAsLong(row)));
    }

    /** A time, or null. */
    Columns<T> time(String name, Function<T, Instant> value) {
        return of(name, "timestamptz", (row, array) -> array.addTimestamp(value.apply(row)));
    }

    /** A time in epoch microseconds. */
    Columns<T> micros(String name, ToLongFunction<T> value) {
        return of(name, "timestamptz", (row, array) -> array.addTimestamp(value.applyAsLong(row)));
    }

    /** A message as JSON. */
    Columns<T> message(String name, Function<T, Object> value) {
        return of(
                name,
                "json",
                (row, array) -> {
                    byte[] json = MessageJson.write(value.apply(row));
                    array.addText(json, 0, json.length);
                });
    }

    /** The columns' types, in their order. */
    List<String> types() {
        return columns.stream().map(Column::type).toList();
    }

    /**
     * The SQL that inserts rows.
     *
     * @param onConflict what follows {@code ON CONFLICT}
     */
    String insert(String table, String onConflict) {
        return Column.insert(table, columns) + " ON CONFLICT " + onConflict;
    }

    /**
     * The statement that inserts rows; one for each writer.
     *
     * @param onConflict what follows {@code ON CONFLICT}
     */
    ArrayStatement<T> statement(String table, String onConflict) {
        return new ArrayStatement<>(insert(table, onConflict), types(), this::fill);
    }

    /** Adds one row to the arrays. */
    void fill(T row, List<PostgresArray> arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            values.get(i).accept(row, arrays.get(i));
        }
    }
}
