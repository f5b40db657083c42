package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.demo.Demo;
import io.autonomos.jobs.demo.DemoReport;
import io.autonomos.jobs.graph.GraphImage;
import io.autonomos.jobs.stack.EmbeddedPostgres;
import io.autonomos.jobs.stack.EmbeddedStack;
import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.jobs.stack.WorkDir;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The samples through the whole job; then differences planted in each store. */
class VerifyITCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Ids that the planted differences concern, by tenant, all of tickets. */
    private static final String ACME_TICKET = "record:support/tickets/10000";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final TestingConsole console = new TestingConsole();

    @Test
    void theStoresAndAReplayAreEqualUntilOneIsChanged() throws Exception {
        WorkDir workDir = WorkDir.create(directory);
        StackPorts ports = StackPorts.choose(StackPorts.Asked.ANY);
        ports.write(workDir);
        try (EmbeddedStack stack = EmbeddedStack.start(workDir, () -> ports, 2)) {
            DemoReport report = new Demo(stack, line -> {}).run(2, true);
            assertThat(report.isSound()).as(report.toVerification()).isTrue();
            assertThat(report.toVerification()).contains("replay").doesNotContain("DIFFERENT");
            theStoresHaveOneGraph(stack, workDir);
            rowsThatAreDecidedToBeOneAreOneEverywhere(workDir);

            String someone = someId(workDir, "globex", "contact");
            String other = someId(workDir, "initech", "account");
            changePostgres(stack, someone);
            changeDuckDb(workDir, other);
            changeKafka(stack);
            String edge = changeGraph(stack);

            JsonNode found = verify(2, "--no-replay");
            assertThat(found.path("equal").asBoolean()).isFalse();
            assertThat(differences(found))
                    .containsExactlyInAnyOrder(
                            "acme/ticket " + ACME_TICKET + " missing [\"kafka\"] columns []",
                            "globex/contact " + someone + " missing [] columns [\"title\"]",
                            "globex/graph_edges " + edge + " missing [] columns [\"applied\"]",
                            "globex/graph_nodes dcl_account missing [\"kafka\"] columns []",
                            "initech/account " + other + " missing [\"duckdb\"] columns []",
                            "initech/agg_open_amount [\"USD\"] missing []"
                                    + " columns [\"open_amount\"]");
            assertThat(verify(0, "--tenant", "globex", "--entity", "account").path("entities"))
                    .hasSize(1);
        }
    }

    private void theStoresHaveOneGraph(EmbeddedStack stack, WorkDir workDir) throws Exception {
        StoredGraphs graphs = new StoredGraphs(stack, workDir, "initech");
        GraphImage graph = graphs.agreed();

        assertThat(graph.nodes()).extracting(GraphNode::tenant).containsOnly("initech");
        assertThat(graph.nodes(GraphNode.STREAM))
                .extracting(GraphNode::id)
                .contains("src_hubspot_contacts", "src_zendesk_tickets", "src_files_accounts");
        assertThat(graph.edges(GraphEdge.MAPPING))
                .extracting(GraphEdge::connection)
                .contains("crm-us", "support", "exports");
        assertThat(
                        console.run(
                                "graph",
                                "--work-dir",
                                workDir.root().toString(),
                                "--tenant",
                                "initech",
                                "--format",
                                "svg"))
                .isZero();
        assertThat(String.join("\n", console.out()))
                .startsWith("<svg")
                .contains("RevOps", "contact_id &lt;- properties.hs_object_id.value");
    }

    private void rowsThatAreDecidedToBeOneAreOneEverywhere(WorkDir workDir) {
        String[] list = {
            "review", "list", "--work-dir", workDir.root().toString(), "--tenant", "acme", "--json"
        };
        assertThat(console.run(list)).isZero();
        JsonNode merge =
                console.out().stream()
                        .map(VerifyITCase::parse)
                        .filter(each -> each.path("status").asText().equals("pending"))
                        .map(each -> each.path("merge"))
                        .filter(each -> each.path("from").asText().startsWith("domain:"))
                        .findFirst()
                        .orElseThrow();
        long before = accounts(workDir, merge.path("from").asText());
        assertThat(before).isEqualTo(1);

        String id = merge.path("id").asText();
        assertThat(console.run("review", "approve", id, "--work-dir", workDir.root().toString()))
                .as(() -> console.err().toString())
                .isZero();

        assertThat(
                        console.run(
                                "verify",
                                "--work-dir",
                                workDir.root().toString(),
                                "--tenant",
                                "acme",
                                "--timeout",
                                "60 s"))
                .as(() -> String.join("\n", console.out()))
                .isZero();
        assertThat(accounts(workDir, merge.path("from").asText())).isZero();
        assertThat(accounts(workDir, merge.path("into").asText())).isEqualTo(1);
    }

    private long accounts(WorkDir workDir, String id) {
        assertThat(
                        console.run(
                                "views",
                                "query",
                                "--work-dir",
                                workDir.root().toString(),
                                "--tenant",
                                "acme",
                                "--json",
                                "SELECT count(*) AS rows FROM dcl_account WHERE id = '"
                                        + id.replace("'", "''")
                                        + "'"))
                .as(() -> console.err().toString())
                .isZero();
        return parse(console.out().get(0)).path("rows").asLong();
    }

    private void changePostgres(EmbeddedStack stack, String id) throws Exception {
        try (Connection postgres = stack.postgres().connect(EmbeddedPostgres.WRITER);
                var update =
                        postgres.prepareStatement(
                                "UPDATE dcl_contact SET title = 'planted'"
                                        + " WHERE tenant = 'globex' AND id = ?")) {
            update.setString(1, id);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static void changeDuckDb(WorkDir workDir, String id) throws Exception {
        Path file = workDir.duckdb().resolve("initech.duckdb");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = duckDb.createStatement()) {
            assertThat(
                            statement.executeUpdate(
                                    "DELETE FROM dcl_account WHERE id = '"
                                            + id.replace("'", "''")
                                            + "'"))
                    .isEqualTo(1);
            statement.execute(
                    "CREATE OR REPLACE VIEW agg_open_amount AS SELECT tenant, currency,"
                            + " count(*) AS opportunities, sum(amount) + if(currency = 'USD', 1, 0) AS"
                            + " open_amount FROM dcl_opportunity WHERE stage NOT ILIKE '%won%' AND stage NOT ILIKE"
                            + " '%lost%' OR stage IS NULL GROUP BY tenant, currency");
        }
    }

    private static void changeKafka(EmbeddedStack stack) throws Exception {
        send(stack, "autonomos.view.ticket", "acme", ACME_TICKET);
        send(stack, "autonomos.view.graph", "globex", "node", "dcl_account");
    }

    /** Returns the edge whose counts PostgreSQL has others of now. */
    private static String changeGraph(EmbeddedStack stack) throws Exception {
        try (Connection postgres = stack.postgres().connect(EmbeddedPostgres.WRITER);
                Statement statement = postgres.createStatement();
                ResultSet changed =
                        statement.executeQuery(
                                "UPDATE graph_edges SET applied = applied + 1 WHERE tenant = 'globex'"
                                        + " AND id = (SELECT min(id) FROM graph_edges WHERE tenant ="
                                        + " 'globex' AND kind = 'mapping') RETURNING id")) {
            assertThat(changed.next()).isTrue();
            return changed.getString(1);
        }
    }

    private static void send(EmbeddedStack stack, String topic, String... of) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", stack.kafka().bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            byte[] key = JSON.writeValueAsBytes(of);
            producer.send(new ProducerRecord<>(topic, key, null)).get();
        }
    }

    private String someId(WorkDir workDir, String tenant, String entity) {
        assertThat(
                        console.run(
                                "views",
                                "query",
                                "--work-dir",
                                workDir.root().toString(),
                                "--tenant",
                                tenant,
                                "--json",
                                "SELECT min(id) AS id FROM dcl_" + entity))
                .as(() -> console.err().toString())
                .isZero();
        return parse(console.out().get(0)).path("id").asText();
    }

    private JsonNode verify(int exitCode, String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "verify",
                                "--json",
                                "--timeout",
                                "1 s",
                                "--work-dir",
                                directory.toString()));
        arguments.addAll(List.of(options));
        assertThat(console.run(arguments.toArray(String[]::new)))
                .as(() -> console.err().toString())
                .isEqualTo(exitCode);
        return parse(console.out().get(0));
    }

    private static List<String> differences(JsonNode report) {
        List<String> texts = new ArrayList<>();
        report.path("differences")
                .forEach(
                        row ->
                                texts.add(
                                        "%s/%s %s missing %s columns %s"
                                                .formatted(
                                                        row.path("tenant").asText(),
                                                        row.path("entity").asText(),
                                                        row.path("id").asText(),
                                                        row.path("missing"),
                                                        row.path("columns"))));
        return texts;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json.getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
