package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.schemas.StreamKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real job with a real broker: rules of a tenant that change while it runs. */
class ViewRulesITCase {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final StreamKey ACME_TOO = new StreamKey("acme", "sf-two", "Account");
    private static final StreamKey GLOBEX = new StreamKey("globex", "sf", "Account");
    private static final String PREFIX = "rules";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    @TempDir private static Path folder;

    private final TestingConsole console = new TestingConsole();

    @Test
    void aTenantsRulesChangeItsRowsAtOnceAndOutliveARestart(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        JobClient job = submit(null);
        for (StreamKey key : List.of(ACME, ACME_TOO, GLOBEX)) {
            send(key, "1", "Long Name", "a.example");
            send(key, "2", "Other", "b.example");
        }
        awaitRows(
                "acme domain:a.example 2",
                "acme domain:b.example 2",
                "globex domain:a.example 1",
                "globex domain:b.example 1");

        set("view-identity.account=record");
        awaitRows(
                "acme record:sf-two/Account/1 1",
                "acme record:sf-two/Account/2 1",
                "acme record:sf/Account/1 1",
                "acme record:sf/Account/2 1",
                "globex domain:a.example 1",
                "globex domain:b.example 1");
        assertEqualToAReplay(cluster);

        String savepoint =
                job.stopWithSavepoint(
                                false,
                                folder.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        job = submit(savepoint);
        send(ACME, "3", "Three", "c.example");
        send(ACME_TOO, "3", "3", "c.example");
        awaitRows(
                "acme record:sf-two/Account/1 1",
                "acme record:sf-two/Account/2 1",
                "acme record:sf-two/Account/3 1",
                "acme record:sf/Account/1 1",
                "acme record:sf/Account/2 1",
                "acme record:sf/Account/3 1",
                "globex domain:a.example 1",
                "globex domain:b.example 1");

        set("view-identity.account=default");
        set("view-merge.account.name=longest");
        awaitRows(
                "acme domain:a.example 2",
                "acme domain:b.example 2",
                "acme domain:c.example 2",
                "globex domain:a.example 1",
                "globex domain:b.example 1");
        TestingBroker.await(
                PATIENCE,
                () -> rows().get("acme domain:c.org").at("/data/name").asText().equals("Three"));
        assertEqualToAReplay(cluster);
        job.cancel().get();
    }

    private void set(String rule) {
        kafka.run(console, PREFIX, 0, "control", "set", "--tenant", "acme", rule);
    }

    private void assertEqualToAReplay(MiniCluster cluster) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--config", "/dev/null"));
        for (String setting : kafka.settings(PREFIX)) {
            arguments.addAll(List.of("-D", setting.substring(2)));
        }
        String[] command = arguments.toArray(String[]::new);
        assertThat(TestingBroker.besides(cluster, 2, () -> console.run(command)))
                .as(() -> console.out() + "\n" + console.err())
                .isZero();
    }

    private static void send(StreamKey key, String id, String name, String domain) {
        kafka.sendAccount(PREFIX, key, id, name, domain.replace(".example", ".org"));
    }

    /** Waits for rows by tenant, id and number of records. */
    private static void awaitRows(String... expected) {
        TestingBroker.awaitList(
                PATIENCE,
                () ->
                        rows().entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue().path("links").size())
                                .toList(),
                Stream.of(expected).map(row -> row.replace(".example", ".org")).toList());
    }

    private static Map<String, JsonNode> rows() {
        return kafka.accounts(PREFIX);
    }

    private static JobClient submit(String savepoint) throws Exception {
        return TestingBroker.submit(2, savepoint, kafka.settings(PREFIX));
    }
}
