package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.jdbc.internal.executor.JdbcBatchStatementExecutor;
import org.apache.flink.util.FlinkRuntimeException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects rows and writes them in one transaction.
 *
 * <p>A server that does not answer is waited for, a lost conflict is tried again; both hold the job
 * back and lose nothing, since the rows stay here until their commit has returned. A refused value
 * fails the job with the name of its record.
 */
final class BatchExecutor<T> implements JdbcBatchStatementExecutor<T> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchExecutor.class);

    private static final long LARGE = 16 << 20;

    private final PostgresConnections connections;
    private final Batch<T> batch;
    private final Patience patience;
    private final SinkCounters counters;
    private final List<T> rows = new ArrayList<>();
    private long size;
    private boolean discarding;

    BatchExecutor(
            PostgresConnections connections,
            Batch<T> batch,
            Patience patience,
            SinkCounters counters) {
        this.connections = connections;
        this.batch = batch;
        this.patience = patience;
        this.counters = counters;
    }

    @Override
    public void prepareStatements(Connection connection) {
        // The driver prepares statements by their text and keeps them per connection.
    }

    /** Opens the connection, waiting for a server that is down. */
    void connect() {
        patience.begin();
        while (connections.getConnection() == null) {
            try {
                connections.getOrEstablishConnection();
            } catch (SQLException e) {
                recover(e);
            }
        }
        patience.end();
    }

    @Override
    public void addToBatch(T row) {
        rows.add(row);
        size += batch.size(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether the batch is full by its size in memory, whatever its number of rows. */
    boolean isLarge() {
        return size >= LARGE;
    }

    /** Drops what is not written: called when the job ends without a last checkpoint. */
    void discard() {
        discarding = true;
        clear();
    }

    private void clear() {
        rows.clear();
        size = 0;
    }

    @Override
    public void executeBatch() {
        if (rows.isEmpty() || discarding) {
            return;
        }
        patience.begin();
        while (true) {
            try {
                Connection connection = connections.getOrEstablishConnection();
                long changed = batch.write(connection, rows);
                connection.commit();
                counters.written(rows.size(), changed);
                clear();
                patience.end();
                return;
            } catch (SQLException e) {
                connections.rollback();
                recover(e);
            }
        }
    }

    private void recover(SQLException error) {
        counters.failed();
        switch (Failure.of(error)) {
            case CONFLICT -> patience.await(error);
            case OUTAGE -> {
                connections.closeConnection();
                patience.await(error);
            }
            case DATA -> refuse(error);
            default -> throw setup(error);
        }
    }

    private void refuse(SQLException error) {
        String record;
        try {
            T row = findRefused(connections.getOrEstablishConnection());
            record = row == null ? "no single record of the batch" : batch.name(row);
        } catch (SQLException e) {
            connections.closeConnection();
            if (Failure.of(e) == Failure.OUTAGE) {
                patience.await(e);
                return;
            }
            record = "a record that could not be found";
        }
        // Without its cause: the server's words can repeat the value.
        throw new FlinkRuntimeException(
                "%s: PostgreSQL refuses %s (SQLSTATE %s%s). %s"
                        .formatted(
                                ErrorCode.STORE_REFUSED.code(),
                                record,
                                error.getSQLState(),
                                place(error),
                                ErrorCode.STORE_REFUSED.remedy()));
    }

    private static String place(SQLException error) {
        ServerErrorMessage server =
                error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null) {
            return "";
        }
        StringBuilder place = new StringBuilder();
        append(place, "table", server.getTable());
        append(place, "column", server.getColumn());
        append(place, "constraint", server.getConstraint());
        return place.toString();
    }

    private static void append(StringBuilder place, String what, String name) {
        if (name != null) {
            place.append(", ").append(what).append(' ').append(name);
        }
    }

    /** Halves the batch until one row is left, trying each half without keeping it. */
    private T findRefused(Connection connection) throws SQLException {
        List<T> suspects = rows;
        while (suspects.size() > 1) {
            List<T> half = suspects.subList(0, suspects.size() / 2);
            suspects =
                    isRefused(connection, half)
                            ? half
                            : suspects.subList(half.size(), suspects.size());
        }
        return isRefused(connection, suspects) ? suspects.get(0) : null;
    }

    private boolean isRefused(Connection connection, List<T> some) throws SQLException {
        try {
            batch.write(connection, some);
            return false;
        } catch (SQLException e) {
            if (Failure.of(e) != Failure.DATA) {
                throw e;
            }
            return true;
        } finally {
            connection.rollback();
        }
    }

    private static FlinkRuntimeException setup(SQLException error) {
        String state = error.getSQLState();
        boolean missing = List.of("42P01", "42703", "42P10", "22023").contains(state);
        ErrorCode code = missing ? ErrorCode.STORE_SCHEMA : ErrorCode.SINK_CONFIG;
        return new FlinkRuntimeException(
                "%s: PostgreSQL does not let the sink write (SQLSTATE %s): %s %s"
                        .formatted(
                                code.code(),
                                state,
                                error.getMessage(),
                                missing
                                        ? code.remedy()
                                        : "Check postgres.user, its password and its role."));
    }

    @Override
    public void closeStatements() {
        LOG.debug("Closed with {} rows unwritten.", rows.size());
    }
}
