package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Brings tables up to the entity model; runs again whenever the model has changed.
 *
 * <p>A new entity gets a table, a new field a column. Nothing is ever dropped: a field that the
 * model no longer has stays, empty from then on. A field whose type has changed is refused.
 */
final class TablesMigration implements JavaMigration {

    private static final String EXISTING =
            "SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
                    + " WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped"
                    + " ORDER BY a.attnum";

    private final String description;
    private final List<? extends ModelTable> tables;
    private final List<String> last;

    /**
     * @param description tells the migrations apart; never change one
     * @param last what follows once all tables are as the model says
     */
    TablesMigration(String description, List<? extends ModelTable> tables, List<String> last) {
        this.description = description;
        this.tables = tables;
        this.last = last;
    }

    @Override
    public MigrationVersion getVersion() {
        return null; // repeatable
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public Integer getChecksum() {
        CRC32 sum = new CRC32();
        for (ModelTable table : tables) {
            sum.update(table.create().getBytes(StandardCharsets.UTF_8));
        }
        for (String each : last) {
            sum.update(each.getBytes(StandardCharsets.UTF_8));
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
            for (ModelTable table : tables) {
                migrate(connection, statement, table);
            }
            for (String each : last) {
                statement.execute(each);
            }
            statement.execute("RESET ROLE");
        }
    }

    private static void migrate(Connection connection, Statement statement, ModelTable table)
            throws SQLException {
        statement.execute(table.create());
        Map<String, String> existing = existing(connection, table);
        for (Column column : table.columns()) {
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
        for (String each : table.finish(List.copyOf(existing(connection, table).keySet()))) {
            statement.execute(each);
        }
    }

    /** The table's columns and their types, in the table's order. */
    private static Map<String, String> existing(Connection connection, ModelTable table)
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
