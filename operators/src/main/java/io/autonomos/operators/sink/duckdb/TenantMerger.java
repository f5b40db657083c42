package io.autonomos.operators.sink.duckdb;

import io.autonomos.operators.sink.GraphTable;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.duckdb.DuckDBAppender;

/**
 * Merges a batch into its tenant's file: stage, attach, one transaction, detach. Between two merges
 * no file is open, so that others can read them.
 *
 * <p>Not safe for use by several threads.
 */
final class TenantMerger implements AutoCloseable {

    private static final String META = FileTable.FILE + ".autonomos_file";

    private final Path directory;
    private final long memoryBytes;
    private final String owner;
    private final Map<String, FileTable> tables = new TreeMap<>();
    private final Set<String> staged = new TreeSet<>();

    private DuckDbInstance duckDb;

    /**
     * Merges into files below {@code directory}.
     *
     * @param owner shown to others while a file is held
     */
    TenantMerger(Path directory, long memoryBytes, EntityModel entities, String owner) {
        this.directory = directory;
        this.memoryBytes = memoryBytes;
        this.owner = owner;
        for (EntitySchema entity : entities.entities()) {
            add(new EntityTable(entity));
            add(new ViewTable(entity));
        }
        for (GraphTable table : GraphTable.values()) {
            add(new GraphFileTable(table));
        }
    }

    private void add(FileTable table) {
        tables.put(table.key(), table);
    }

    /**
     * Brings the batch into its file, all or nothing.
     *
     * @throws IOException if trying again later can help
     * @throws IllegalStateException if not
     */
    @SuppressWarnings("try") // the lock is only held
    void merge(TenantBatch batch) throws IOException {
        Path file = directory.resolve(TenantFileName.encode(batch.tenant()));
        boolean merged = false;
        try {
            Files.createDirectories(directory);
            if (duckDb == null) {
                duckDb = new DuckDbInstance(directory, memoryBytes);
                duckDb.lock();
            }
            List<FileTable> touched = stage(batch);
            try (TenantFileLock lock = TenantFileLock.forWriter(file, owner)) {
                commitStaged(batch.tenant(), file, touched);
            }
            for (FileTable table : touched) {
                duckDb.execute(table.clearStaging());
            }
            merged = true;
        } catch (SQLException e) {
            throw DuckDbErrors.retryable(e, file);
        } finally {
            if (!merged) {
                close(); // forgets what is staged
            }
        }
    }

    private List<FileTable> stage(TenantBatch batch) throws SQLException {
        Map<String, List<TenantRow>> byTable = new LinkedHashMap<>();
        for (TenantRow row : batch.rows()) {
            byTable.computeIfAbsent(tableOf(row), name -> new ArrayList<>()).add(row);
        }
        List<FileTable> touched = new ArrayList<>();
        for (Map.Entry<String, List<TenantRow>> each : byTable.entrySet()) {
            FileTable table = tables.get(each.getKey());
            if (table == null) {
                throw new IllegalStateException("No table is named " + each.getKey() + ".");
            }
            if (staged.add(table.stagingName())) {
                duckDb.execute(table.createStaging());
            }
            try (DuckDBAppender appender = duckDb.appender(table.stagingName())) {
                for (TenantRow row : each.getValue()) {
                    table.append(row, appender);
                }
            }
            touched.add(table);
        }
        return touched;
    }

    private static String tableOf(TenantRow row) {
        if (row.graph() != null) {
            return GraphTable.of(row.graph()).tableName();
        }
        return row.event() != null
                ? row.event().entity()
                : ViewTable.PREFIX + row.change().entity();
    }

    private void commitStaged(String tenant, Path file, List<FileTable> touched)
            throws SQLException {
        boolean committed = false;
        try {
            duckDb.attach(file);
            duckDb.execute("BEGIN");
            define(tenant, file, touched);
            for (FileTable table : touched) {
                for (String sql : table.merge()) {
                    duckDb.execute(sql);
                }
            }
            duckDb.execute("COMMIT");
            duckDb.detach();
            committed = true;
        } finally {
            if (!committed) {
                close(); // before the lock is released
            }
        }
    }

    /**
     * Makes or mends the tables of these entities, where they were made by nobody or by another
     * model. An entity that a tenant never had costs its file nothing.
     */
    private void define(String tenant, Path file, List<FileTable> touched) throws SQLException {
        duckDb.execute(
                "CREATE TABLE IF NOT EXISTS "
                        + META
                        + " (tenant VARCHAR, entity VARCHAR, model VARCHAR)");
        Map<String, String> models = new TreeMap<>();
        try (ResultSet rows = duckDb.query("SELECT tenant, entity, model FROM " + META)) {
            while (rows.next()) {
                if (!tenant.equals(rows.getString(1))) {
                    throw DuckDbErrors.unusable(file, "it belongs to another tenant", null);
                }
                models.put(rows.getString(2), rows.getString(3));
            }
        }
        boolean isNewView = false;
        for (FileTable table : needed(touched)) {
            String model = table.model();
            String ofFile = models.put(table.key(), model);
            if (!model.equals(ofFile)) {
                for (String sql : ofFile == null ? table.create() : table.mend()) {
                    duckDb.execute(sql);
                }
                record(tenant, table.key(), model);
                isNewView |= table instanceof ViewTable;
            }
        }
        if (isNewView) {
            List<String> views =
                    models.keySet().stream()
                            .filter(key -> key.startsWith(ViewTable.PREFIX))
                            .toList();
            duckDb.execute(ViewTable.createLinks(views));
        }
    }

    /** The tables that are written, and before each of unified rows that of its records. */
    private Set<FileTable> needed(List<FileTable> touched) {
        Set<FileTable> needed = new LinkedHashSet<>();
        for (FileTable table : touched) {
            if (table instanceof ViewTable) {
                needed.add(tables.get(table.key().substring(ViewTable.PREFIX.length())));
            }
            needed.add(table);
        }
        return needed;
    }

    private void record(String tenant, String table, String model) throws SQLException {
        duckDb.execute("DELETE FROM %s WHERE entity = '%s'".formatted(META, table));
        String insert = "INSERT INTO " + META + " VALUES (?, ?, ?)";
        try (PreparedStatement row = duckDb.connection().prepareStatement(insert)) {
            row.setString(1, tenant);
            row.setString(2, table);
            row.setString(3, model);
            row.execute();
        }
    }

    @Override
    public void close() {
        staged.clear();
        DuckDbInstance open = duckDb;
        duckDb = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IllegalStateException("DuckDB cannot be closed.", e);
            }
        }
    }
}
