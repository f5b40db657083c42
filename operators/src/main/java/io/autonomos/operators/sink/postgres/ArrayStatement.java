package io.autonomos.operators.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A statement that takes one array per column, filled row by row. */
final class ArrayStatement<T> {

    private final String sql;
    private final List<PostgresArray> arrays;
    private final Filler<T> filler;

    /** Adds one row's values to the arrays, to each exactly one. */
    interface Filler<T> {
        void fill(T row, List<PostgresArray> arrays);
    }

    ArrayStatement(String sql, List<String> columnTypes, Filler<T> filler) {
        this.sql = sql;
        this.filler = filler;
        arrays =
                columnTypes.stream()
                        .map(type -> new PostgresArray(PostgresArray.carrier(type)))
                        .toList();
    }

    long execute(Connection connection, List<T> rows) throws SQLException {
        arrays.forEach(PostgresArray::reset);
        for (T row : rows) {
            filler.fill(row, arrays);
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arrays.size(); i++) {
                statement.setObject(i + 1, arrays.get(i));
            }
            return statement.executeLargeUpdate();
        }
    }
}
