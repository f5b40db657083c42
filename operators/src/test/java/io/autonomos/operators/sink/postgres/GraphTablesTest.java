package io.autonomos.operators.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.sink.TestingGraphParts;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.types.MessageType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphTablesTest {

    private TestingPostgres.Database database;
    private TestingWriter<GraphChange> writer;

    @BeforeEach
    void openWriter() throws Exception {
        database = TestingPostgres.shared().migratedDatabase();
        writer =
                new TestingWriter<>(
                        PostgresSink.graph(database.settings(Map.of())),
                        MessageType.of(GraphChange.class));
    }

    @AfterEach
    void closeWriter() {
        writer.close();
    }

    @Test
    void nodesAndEdgesHaveTheirColumns() throws Exception {
        writer.write(TestingGraphParts.node("acme", 10), TestingGraphParts.edge("acme", 2))
                .checkpoint();

        assertThat(
                        database.rows(
                                "SELECT tenant, id, kind, label, source, connections->>0, received,"
                                        + " dead_lettered FROM graph_nodes"))
                .containsExactly(
                        List.of(
                                "acme",
                                "src_salesforce_Account",
                                "stream",
                                "Account",
                                "salesforce",
                                "sf-prod",
                                "10",
                                "1"));
        assertThat(
                        database.rows(
                                "SELECT from_id, to_id, connection, mapping, mapping_version, confidence,"
                                        + " fields->0->'from'->>0, events, stale FROM graph_edges"))
                .containsExactly(
                        List.of(
                                "src_salesforce_Account",
                                "dcl_account",
                                "sf-prod",
                                "salesforce-account",
                                "2",
                                "0.91",
                                "Na\"me",
                                "9",
                                "1"));
    }

    @Test
    void theLastChangeWinsAndWhatIsGoneIsGone() throws Exception {
        writer.write(TestingGraphParts.node("acme", 1), TestingGraphParts.edge("acme", 1))
                .checkpoint();
        writer.write(
                        TestingGraphParts.node("acme", 5),
                        TestingGraphParts.node("acme", 7),
                        gone(TestingGraphParts.edge("acme", 1)),
                        gone(TestingGraphParts.edge("globex", 1)))
                .checkpoint();

        assertThat(database.rows("SELECT received FROM graph_nodes")).containsExactly(List.of("7"));
        assertThat(database.rows("SELECT 1 FROM graph_edges")).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() throws Exception {
        writer.write(TestingGraphParts.edge("acme", 1)).checkpoint();
        List<List<String>> before = database.rows("SELECT xmin, written_at FROM graph_edges");

        writer.write(TestingGraphParts.edge("acme", 1)).checkpoint();

        assertThat(database.rows("SELECT xmin, written_at FROM graph_edges")).isEqualTo(before);
    }

    @Test
    void aReaderSeesItsTenantsGraphOnly() throws Exception {
        writer.write(
                        TestingGraphParts.node("acme", 1),
                        TestingGraphParts.node("globex", 2),
                        TestingGraphParts.edge("globex", 2))
                .checkpoint();

        try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE autonomos_reader");
            assertThat(count(statement)).isZero();
            statement.execute("SET autonomos.tenant = 'acme'");
            assertThat(count(statement)).isEqualTo(1);
        }
    }

    private static int count(Statement statement) throws Exception {
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT (SELECT count(*) FROM graph_nodes)"
                                + " + (SELECT count(*) FROM graph_edges)")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static GraphChange gone(GraphChange change) {
        return GraphChange.gone(change.tenant(), change.part(), change.id(), Instant.EPOCH);
    }
}
