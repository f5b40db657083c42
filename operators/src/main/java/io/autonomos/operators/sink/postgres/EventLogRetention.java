package io.autonomos.operators.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Deletes events from {@code canonical_events} that were written too long ago, a bounded number
 * with each batch: twice what the batch adds, so the log shrinks to its bound while it grows, and
 * no transaction grows with it.
 */
final class EventLogRetention {

    private static final int LEAST = 1_000;

    /** Rows that another subtask deletes at the same time are left to it. */
    private static final String SQL =
            "DELETE FROM canonical_events WHERE ctid = ANY (ARRAY("
                    + "SELECT ctid FROM canonical_events"
                    + " WHERE written_at < now() - make_interval(secs => ?)"
                    + " ORDER BY written_at LIMIT ? FOR UPDATE SKIP LOCKED))";

    private final Duration kept;

    EventLogRetention(Duration kept) {
        this.kept = kept;
    }

    long execute(Connection connection, int added) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setDouble(1, (double) kept.toSeconds());
            statement.setInt(2, Math.max(LEAST, 2 * added));
            return statement.executeLargeUpdate();
        }
    }
}
