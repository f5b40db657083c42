package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
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

    private static final String META = EntityTable.FILE + ".autonomos_file";

    private final Path directory;
    private final long memoryBytes;
    private final String owner;
    private final Map<String, EntityTable> tables = new TreeMap<>();
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
            tables.put(entity.name(), new EntityTable(entity));
        }
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
            }
            List<EntityTable> touched = stage(batch);
            try (TenantFileLock lock = TenantFileLock.forWriter(file, owner)) {
                commitStaged(batch.tenant(), file, touched);
            }
            for (EntityTable table : touched) {
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

    private List<EntityTable> stage(TenantBatch batch) throws SQLException {
        Map<String, List<CanonicalEvent>> byEntity = new LinkedHashMap<>();
        for (CanonicalEvent event : batch.events()) {
            byEntity.computeIfAbsent(event.entity(), name -> new ArrayList<>()).add(event);
        }
        List<EntityTable> touched = new ArrayList<>();
        for (Map.Entry<String, List<CanonicalEvent>> each : byEntity.entrySet()) {
            EntityTable table = tables.get(each.getKey());
            if (table == null) {
                throw new IllegalStateException("No entity is named " + each.getKey() + ".");
            }
            if (staged.add(table.stagingName())) {
                duckDb.execute(table.createStaging());
            }
            try (DuckDBAppender appender = duckDb.appender(table.stagingName())) {
                for (CanonicalEvent event : each.getValue()) {
                    RowAppender.append(event, table, appender);
                }
            }
            touched.add(table);
        }
        return touched;
    }

    private void commitStaged(String tenant, Path file, List<EntityTable> touched)
            throws SQLException {
        boolean committed = false;
        try {
            duckDb.attach(file, false);
            duckDb.execute("BEGIN");
            define(tenant, file, touched);
            for (EntityTable table : touched) {
                duckDb.execute(table.merge());
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
    private void define(String tenant, Path file, List<EntityTable> touched) throws SQLException {
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
        for (EntityTable table : touched) {
            String ofFile = models.get(table.schema().name());
            if (!table.model().equals(ofFile)) {
                for (String sql : ofFile == null ? table.create() : table.mend()) {
                    duckDb.execute(sql);
                }
                record(tenant, table);
            }
        }
    }

    private void record(String tenant, EntityTable table) throws SQLException {
        duckDb.execute("DELETE FROM %s WHERE entity = '%s'".formatted(META, table.schema().name()));
        String insert = "INSERT INTO " + META + " VALUES (?, ?, ?)";
        try (PreparedStatement row = duckDb.connection().prepareStatement(insert)) {
            row.setString(1, tenant);
            row.setString(2, table.schema().name());
            row.setString(3, table.model());
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
