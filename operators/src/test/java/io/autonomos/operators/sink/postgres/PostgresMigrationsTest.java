package io.autonomos.operators.sink.postgres;

import static io.autonomos.operators.TestingEvents.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresMigrationsTest {

    /** The versioned ones, and those of the model's tables. */
    private static final int MIGRATIONS = 11;

    private static final EntitySchema OLD = gadget("\"name\": {\"type\": \"string\"}");
    private static final EntitySchema NEW =
            gadget(
                    "\"price\": {\"type\": \"number\"}, \"name\": {\"type\": \"string\"},"
                            + " \"parts\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}");

    private TestingPostgres.Database database;
    private PostgresSettings settings;

    @BeforeEach
    void newDatabase() {
        database = TestingPostgres.shared().database();
        settings = database.settings(Map.of());
    }

    @Test
    void aSecondRunDoesNothing() {
        assertThat(PostgresMigrations.migrate(settings)).isEqualTo(MIGRATIONS);
        assertThat(PostgresMigrations.migrate(settings)).isZero();
    }

    @Test
    void theEventLogIsIndexedByAgeOnlyWhereItIsBounded() {
        String indexes =
                "SELECT indexname FROM pg_indexes WHERE indexname = 'canonical_events_written_at'";
        PostgresMigrations.migrate(settings);
        assertThat(database.rows(indexes)).isEmpty();

        PostgresSettings bounded =
                database.settings(Map.of("postgres.sink.event-log-retention", "30 d"));
        PostgresMigrations.migrate(bounded);
        PostgresMigrations.migrate(bounded);

        assertThat(database.rows(indexes)).hasSize(1);
    }

    @Test
    void aNewFieldBecomesAColumnAndTheRowsStay() throws Exception {
        PostgresMigrations.migrate(settings, EntityModel.of(OLD));
        write(OLD, "1", "name", "old");

        PostgresMigrations.migrate(settings, EntityModel.of(NEW));
        write(NEW, "2", "price", 7);

        assertThat(
                        database.rows(
                                "SELECT record_id, name, price, parts FROM gadget_current"
                                        + " ORDER BY record_id"))
                .containsExactly(
                        Arrays.asList("1", "old", null, null), Arrays.asList("2", null, "7", null));
    }

    @Test
    void aNewEntityBecomesATableAndAnOldOneStays() throws Exception {
        PostgresMigrations.migrate(settings, EntityModel.of(OLD));
        write(OLD, "1", "name", "old");

        PostgresMigrations.migrate(settings, EntityModel.shipped());

        assertThat(database.rows("SELECT name FROM canonical_gadget"))
                .containsExactly(List.of("old"));
        assertThat(database.rows("SELECT 1 FROM canonical_account")).isEmpty();
    }

    @Test
    void aFieldThatTheModelDroppedKeepsItsColumn() throws Exception {
        PostgresMigrations.migrate(settings, EntityModel.of(NEW));
        write(NEW, "1", "price", 7);

        PostgresMigrations.migrate(settings, EntityModel.of(OLD));
        write(OLD, "2", "name", "later");

        assertThat(database.rows("SELECT price FROM canonical_gadget ORDER BY record_id"))
                .containsExactly(List.of("7"), Arrays.asList((String) null));
    }

    @Test
    void aFieldOfAnotherTypeIsRefusedAndNothingChanges() {
        PostgresMigrations.migrate(settings, EntityModel.of(OLD));
        EntitySchema changed =
                gadget("\"extra\": {\"type\": \"string\"}, \"name\": {\"type\": \"integer\"}");

        assertThatThrownBy(() -> PostgresMigrations.migrate(settings, EntityModel.of(changed)))
                .hasMessageContaining("AOS-708")
                .hasMessageContaining("column name of canonical_gadget is text")
                .hasMessageContaining("says bigint");
        assertThat(
                        database.rows(
                                "SELECT 1 FROM pg_attribute WHERE attname = 'extra'"
                                        + " AND attrelid = 'canonical_gadget'::regclass"))
                .isEmpty();
    }

    @Test
    void aFieldCannotTakeTheNameOfAnEnvelopeColumn() {
        EntitySchema clash = gadget("\"event_time\": {\"type\": \"string\"}");

        assertThatThrownBy(() -> new EntityTable(clash))
                .hasMessageContaining("AOS-402")
                .hasMessageContaining("event_time");
    }

    @Test
    void aLoginThatIsNoSuperuserCanMigrate() {
        database.execute(
                "CREATE ROLE migrator LOGIN CREATEROLE",
                "GRANT CREATE ON DATABASE " + database.name() + " TO migrator",
                "GRANT autonomos_owner, autonomos_writer TO migrator",
                "ALTER SCHEMA public OWNER TO migrator");

        assertThat(
                        PostgresMigrations.migrate(
                                database.settings(Map.of("postgres.migration.user", "migrator"))))
                .isEqualTo(MIGRATIONS);
    }

    @Test
    void theServersRefusalIsNamed() {
        PostgresSettings wrong = database.settings(Map.of("postgres.migration.user", "nobody"));

        assertThatThrownBy(() -> PostgresMigrations.migrate(wrong))
                .hasMessageContaining("AOS-708")
                .hasMessageContaining("nobody");
    }

    private void write(EntitySchema entity, String recordId, String field, Object value)
            throws SQLException {
        PostgresConnections connections = new PostgresConnections(settings);
        Connection connection = connections.getOrEstablishConnection();
        new CanonicalBatch(EntityModel.of(entity), true)
                .write(connection, List.of(event(entity, recordId).with(field, value).build()));
        connection.commit();
        connections.closeConnection();
    }

    private static EntitySchema gadget(String properties) {
        String json =
                "{\"title\": \"gadget\", \"x-identity\": [\"gadget_id\"], \"properties\":"
                        + " {\"gadget_id\": {\"type\": \"string\"}, %s}}";
        return EntityModel.parse("gadget.json", json.formatted(properties).getBytes(UTF_8));
    }
}
