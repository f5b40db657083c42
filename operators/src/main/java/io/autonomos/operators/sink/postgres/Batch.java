package io.autonomos.operators.sink.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Knows how to write rows of one kind in bulk, and how to name one in a message. */
interface Batch<T> {

    /**
     * Writes all rows in the connection's current transaction; of two that cannot both stand, the
     * one that came last, unless they say themselves which is newer.
     *
     * @return how many rows of the tables changed
     */
    long write(Connection connection, List<T> rows) throws SQLException;

    /** About how many bytes the row holds. */
    int size(T row);

    /** The row's tenant, stream and record, never its values. */
    String name(T row);
}
