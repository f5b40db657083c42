package io.autonomos.operators.sink.postgres;

import io.autonomos.operators.sink.AgentViews;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityModel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Creates and updates roles, tables and views, before the job is submitted. */
public final class PostgresMigrations {

    private static final String LOCATION = "classpath:sql/postgresql";

    private PostgresMigrations() {}

    /**
     * Brings the database up to this version and its entity model; does nothing where it is
     * already.
     *
     * @return how many migrations ran
     */
    public static int migrate(PostgresSettings settings) {
        return migrate(settings, EntityModel.shipped());
    }

    static int migrate(PostgresSettings settings, EntityModel model) {
        String password =
                settings.migrationPassword() == null ? null : settings.migrationPassword().reveal();
        try {
            MigrateResult result =
                    Flyway.configure(PostgresMigrations.class.getClassLoader())
                            .dataSource(settings.url(), settings.migrationUser(), password)
                            .locations(LOCATION)
                            .failOnMissingLocations(true)
                            .placeholderReplacement(false)
                            .baselineOnMigrate(true)
                            .baselineVersion("0")
                            .table("autonomos_schema_history")
                            .cleanDisabled(true)
                            .initSql("SET synchronous_commit = on")
                            .javaMigrations(entityTables(model), viewTables(model))
                            .load()
                            .migrate();
            if (settings.eventLogRetention() != null) {
                indexEventLog(settings, password);
            }
            return result.migrationsExecuted;
        } catch (FlywayException | SQLException e) {
            throw new IllegalStateException(
                    "%s: the tables in PostgreSQL could not be brought up to date: %s"
                            .formatted(ErrorCode.STORE_SCHEMA.code(), reason(e)),
                    e);
        }
    }

    private static TablesMigration entityTables(EntityModel model) {
        return new TablesMigration(
                "entity tables",
                model.entities().stream().map(EntityTable::new).toList(),
                List.of());
    }

    /**
     * One row per source record of a unified row is a view: kept as a table it cost more. The views
     * of the agents follow the tables that they read, so they are part of this migration.
     */
    private static TablesMigration viewTables(EntityModel model) {
        List<ViewTable> tables = model.entities().stream().map(ViewTable::new).toList();
        String links =
                tables.stream().map(ViewTable::links).collect(Collectors.joining(" UNION ALL "));
        List<String> last = new ArrayList<>(ModelTable.view("dcl_links", links));
        for (ViewTable table : tables) {
            for (AgentViews.View each : AgentViews.of(table.entity().name())) {
                last.addAll(ModelTable.view(each.name(), each.query()));
            }
        }
        return new TablesMigration("view tables", tables, last);
    }

    /** Finds the oldest events; costs each insert about a seventh, so only where it is needed. */
    private static void indexEventLog(PostgresSettings settings, String password)
            throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.url(), settings.migrationUser(), password);
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE autonomos_owner");
            statement.execute(
                    "CREATE INDEX IF NOT EXISTS canonical_events_written_at"
                            + " ON canonical_events (written_at)");
        }
    }

    /** The first error, which Flyway wraps several times. */
    private static String reason(Throwable error) {
        Throwable first = error;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.getMessage();
    }
}
