package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Brings the entities' tables up to the model; runs again whenever the model has changed.
 *
 * <p>A new entity gets a table, a new field a column. Nothing is ever dropped: a field that the
 * model no longer has stays, empty from then on. A field whose type has changed is refused.
 */
final class EntityTablesMigration implements JavaMigration {

    private static final String EXISTING =
            "SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
                    + " WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped"
                    + " ORDER BY a.attnum";

    private final List<EntityTable> tables;

    EntityTablesMigration(EntityModel model) {
        tables = new ArrayList<>();
        for (EntitySchema entity : model.entities()) {
            tables.add(new EntityTable(entity));
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return null; // repeatable
    }

    @Override
    public String getDescription() {
        return "entity tables";
    }

    @Override
    public Integer getChecksum() {
        CRC32 sum = new CRC32();
        for (EntityTable table : tables) {
            sum.update(table.create().getBytes(StandardCharsets.UTF_8));
        }
        return (int) sum.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL ROLE autonomos_owner");
            for (EntityTable table : tables) {
                migrate(connection, statement, table);
            }
            statement.execute("RESET ROLE");
        }
    }

    private static void migrate(Connection connection, Statement statement, EntityTable table)
            throws SQLException {
        statement.execute(table.create());
        Map<String, String> existing = existing(connection, table);
        for (EntityTable.Column column : table.columns()) {
            String type = existing.get(column.name());
            if (type == null) {
                statement.execute(table.addColumn(column));
            } else if (!type.equals(column.type())) {
                throw new IllegalStateException(
                        "%s: the column %s of %s is %s, but the entity model says %s. Give the field a new name; data is never converted."
                                .formatted(
                                        ErrorCode.STORE_SCHEMA.code(),
                                        column.name(),
                                        table.name(),
                                        type,
                                        column.type()));
            }
        }
        statement.execute("SELECT autonomos_protect('" + table.name() + "')");
        statement.execute(table.createView(List.copyOf(existing(connection, table).keySet())));
        statement.execute(
                "GRANT SELECT ON " + table.view() + " TO autonomos_reader, autonomos_writer");
    }

    /** The table's columns and their types, in the table's order. */
    private static Map<String, String> existing(Connection connection, EntityTable table)
            throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(EXISTING)) {
            query.setString(1, table.name());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    String type = found.getString(2);
                    columns.put(
                            found.getString(1),
                            type.equals("timestamp with time zone") ? "timestamptz" : type);
                }
            }
        }
        return columns;
    }
}
