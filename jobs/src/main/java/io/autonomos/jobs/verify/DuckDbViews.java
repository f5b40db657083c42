package io.autonomos.jobs.verify;

import io.autonomos.operators.sink.duckdb.DuckDbReader;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The unified rows in the tenants' files and what is made of them, of one moment per tenant. */
final class DuckDbViews implements ViewStore {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TABLES =
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views()";

    private final DuckDbReader reader;

    DuckDbViews(Path directory) {
        reader = new DuckDbReader(directory, PATIENCE);
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public boolean holds(Relation relation) {
        return true;
    }

    @Override
    public void read(Selection selection, Consumer<RowImage> each)
            throws IOException, InterruptedException {
        if (selection.tenant() != null) {
            Path file = reader.file(selection.tenant());
            if (Files.exists(file)) {
                read(selection.tenant(), file, selection, each);
            }
            return;
        }
        for (Map.Entry<String, Path> file : reader.files().entrySet()) {
            read(file.getKey(), file.getValue(), selection, each);
        }
    }

    private void read(String tenant, Path file, Selection selection, Consumer<RowImage> each)
            throws IOException, InterruptedException {
        reader.query(
                file,
                statement -> {
                    Set<String> tables = tables(statement);
                    for (Relation relation : selection.relations()) {
                        SqlRows rows = SqlRows.of(relation, time -> "epoch_us(" + time + ")");
                        if (tables.contains(rows.table())) {
                            read(statement, rows, tenant, each);
                        }
                    }
                    return null;
                });
    }

    private static Set<String> tables(Statement statement) throws SQLException {
        Set<String> tables = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static void read(
            Statement statement, SqlRows rows, String tenant, Consumer<RowImage> each)
            throws SQLException {
        try (ResultSet found = statement.executeQuery(rows.select())) {
            while (found.next()) {
                RowImage row = rows.read(found);
                if (!tenant.equals(row.key().tenant())) {
                    throw new IllegalStateException(
                            "%s: the DuckDB file of tenant %s holds a row of another tenant: %s, id %s."
                                    .formatted(
                                            ErrorCode.DUCKDB_FILE.code(),
                                            tenant,
                                            rows.table(),
                                            row.id()));
                }
                each.accept(row);
            }
        }
    }
}
