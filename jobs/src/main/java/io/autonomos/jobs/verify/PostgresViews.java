package io.autonomos.jobs.verify;

import io.autonomos.operators.sink.postgres.PostgresReader;
import io.autonomos.operators.sink.postgres.PostgresSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/** The unified rows in PostgreSQL and what is made of them, all of one moment. */
final class PostgresViews implements ViewStore {

    private static final int FETCH = 1000;

    private final PostgresSettings settings;

    PostgresViews(PostgresSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public boolean holds(Relation relation) {
        return true;
    }

    @Override
    public void read(Selection selection, Consumer<RowImage> each) throws SQLException {
        try (Connection connection = PostgresReader.open(settings)) {
            for (Relation relation : selection.relations()) {
                read(connection, relation, selection.tenant(), each);
            }
        }
    }

    private static void read(
            Connection connection, Relation relation, String tenant, Consumer<RowImage> each)
            throws SQLException {
        SqlRows rows =
                SqlRows.of(
                        relation, time -> "(extract(epoch FROM " + time + ") * 1000000)::bigint");
        String where = tenant == null ? "" : " WHERE tenant = ?";
        try (PreparedStatement query = connection.prepareStatement(rows.select() + where)) {
            query.setFetchSize(FETCH);
            if (tenant != null) {
                query.setString(1, tenant);
            }
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    each.accept(rows.read(found));
                }
            }
        }
    }
}
