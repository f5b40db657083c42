package io.autonomos.operators.sink.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Knows how to write rows of one kind in bulk, and how to name one in a message. */
interface Batch<T> {

    /**
     * Writes all rows, in any order, in the connection's current transaction.
     *
     * @return how many rows of the tables changed
     */
    long write(Connection connection, List<T> rows) throws SQLException;

    /** About how many bytes the row holds. */
    int size(T row);

    /** The row's tenant, stream and record, never its values. */
    String name(T row);
}
