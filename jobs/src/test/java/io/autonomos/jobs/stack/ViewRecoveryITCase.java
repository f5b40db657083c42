package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.ControlClient;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.TopicReader;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.ViewAccount;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unified rows, graphs and aggregates of the real job, whose servers die one after the other in
 * mid-stream while a tenant changes its rules.
 */
class ViewRecoveryITCase {

    private static final int PART = 1_200;
    private static final String NODES =
            "SELECT tenant, stream, received, canonical FROM graph_nodes WHERE kind = 'stream'"
                    + " ORDER BY tenant, stream";
    private static final String EDGES =
            "SELECT tenant, connection, to_id, events, applied FROM graph_edges"
                    + " WHERE kind = 'mapping' ORDER BY tenant, connection, to_id";
    private static final String AGGREGATES =
            "SELECT o.tenant, o.opportunities, trunc(o.open_amount), w.won, w.lost"
                    + " FROM agg_open_amount o JOIN agg_win_rate w USING (tenant, currency)"
                    + " ORDER BY tenant";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final LedgerBook ledger = new LedgerBook();
    private final TestingCrm crm = new TestingCrm();

    @Test
    void theStoresAndAReplayAreEqualAfterEachServerWasKilledInMidStream() throws Exception {
        try (TestingStack stack = TestingStack.start(directory.resolve("work"))) {
            stack.run("submit", "--parallelism", "2");
            for (String server : List.of("taskmanager", "postgres", "kafka")) {
                crm.send(stack.bootstrapServers(), PART);
                awaitViews(stack, crm.count() - PART / 2);
                set(stack, !server.equals("postgres"));
                crm.send(stack.bootstrapServers(), PART);
                stack.kill(server);
                crm.send(stack.bootstrapServers(), PART);
                awaitViews(stack, crm.count());
                assertThat(ledger.sumOfViews(ViewAccount::canonical))
                        .as(server)
                        .isEqualTo(crm.count());
                assertThat(ledger.sumOfViews(ViewAccount::residual)).as(server).isZero();
                awaitRows(stack, NODES, crm.nodes());
                awaitRows(stack, EDGES, crm.edges());
                awaitRows(stack, AGGREGATES, crm.aggregates());
                assertThatAllIsEqual(stack);
            }
        }
    }

    private static void assertThatAllIsEqual(TestingStack stack) throws Exception {
        JsonNode verified =
                new ObjectMapper().readTree(stack.run("verify", "--timeout", "60 s", "--json"));
        assertThat(verified.path("equal").asBoolean()).as(verified::toString).isTrue();
        assertThat(verified.path("entities"))
                .extracting(
                        each -> each.path("tenant").asText() + " " + each.path("entity").asText())
                .contains(
                        "acme graph_nodes",
                        "acme graph_edges",
                        "acme agg_pipeline",
                        "acme agg_open_amount",
                        "acme agg_win_rate",
                        "globex graph_nodes",
                        "globex graph_edges",
                        "globex agg_win_rate");
    }

    /** Waits until PostgreSQL has these rows; graphs follow at a checkpoint's pace. */
    private static void awaitRows(TestingStack stack, String query, List<String> expected)
            throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            List<String> rows = rows(stack, query);
            if (rows.equals(expected) || System.nanoTime() > deadline) {
                assertThat(rows).as(query).isEqualTo(expected);
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        }
    }

    /** The rows, each as its values with blanks between. */
    private static List<String> rows(TestingStack stack, String query) throws Exception {
        String password =
                Secrets.readOrCreate(
                        EmbeddedPostgres.passwordFile(stack.workDir(), EmbeddedPostgres.WRITER));
        List<String> found = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(
                                stack.jdbcUrl(), EmbeddedPostgres.WRITER, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
                found.add(String.join(" ", values));
            }
        }
        return found;
    }

    /** Makes accounts rows by what they share, or each a row. */
    private static void set(TestingStack stack, boolean alone) {
        Map<String, String> rules = new HashMap<>();
        rules.put("view-merge.account.type", "longest");
        if (alone) {
            rules.put("view-identity.account", "record");
        }
        new ControlClient(stack.bootstrapServers(), Map.of(), "autonomos")
                .change(
                        "acme",
                        before ->
                                new ControlMessage(
                                        "acme",
                                        before == null ? 1 : before.revision() + 1,
                                        Map.of(),
                                        rules,
                                        Map.of(),
                                        "jo",
                                        null,
                                        Instant.EPOCH));
    }

    /** Waits until the views have counted so many events. */
    private void awaitViews(TestingStack stack, long events) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (counted(stack) < events) {
            assertThat(System.nanoTime())
                    .as("see the logs in " + stack.workDir().logs())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        }
    }

    private long counted(TestingStack stack) {
        try (TopicReader reader = new TopicReader(stack.bootstrapServers(), Map.of())) {
            ledger.refresh(reader, "autonomos");
            return ledger.sumOfViews(ViewAccount::canonical);
        } catch (KafkaException e) {
            return 0; // the broker is on its way back
        }
    }
}
