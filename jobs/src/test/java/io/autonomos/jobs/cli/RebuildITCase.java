package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.jobs.RegistryClient;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real job with a real broker: a changed mapping, and the views made anew by it. */
class RebuildITCase {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final StreamKey GLOBEX = new StreamKey("globex", "sf", "Account");
    private static final String PREFIX = "rebuild";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();

    @Test
    void aChangedMappingIsPlannedComparedAndSwappedInForOneTenant(
            @InjectMiniCluster MiniCluster cluster) throws Exception {
        JobClient job = TestingBroker.submit(2, null, kafka.settings(PREFIX));
        for (int i = 1; i <= 5; i++) {
            send(ACME, i);
            send(GLOBEX, i);
        }
        awaitNames("acme a 5", "globex a 5");
        assertThat(run(cluster, 0, "rebuild", "--tenant", "acme", "--plan"))
                .contains("Nothing would change.");

        RegistryClient registry = new RegistryClient(kafka.bootstrapServers(), Map.of(), PREFIX);
        assertThat(registry.await(registry.publish(version()), PATIENCE).orElseThrow().accepts())
                .isTrue();
        send(ACME, 6);
        awaitNames("acme a 5", "acme b 1", "globex a 5");

        List<String> plan = run(cluster, 2, "rebuild", "--tenant", "acme", "--plan");
        assertThat(plan.get(1).trim()).matches("account +0 +3 +2 +1");
        assertThat(plan)
                .contains(
                        "account record:sf/Account/1: gone",
                        "2 records are in live rows, but the inputs do not give them: they are"
                                + " removed.")
                .anyMatch(line -> line.startsWith("account record:sf/Account/3: differs in name"));
        assertThat(run(cluster, 0, "rebuild", "--tenant", "acme", "--json").get(0))
                .contains("\"state\":\"swapped\"");

        awaitNames("acme b 4", "globex a 5");
        run(cluster, 0, "verify");
        assertThat(run(cluster, 0, "rebuild", "--tenant", "acme"))
                .contains("Nothing would change.");
        job.cancel().get();
    }

    private static MappingVersion version() {
        String content =
                """
                mapping: own
                source: salesforce
                stream: Account
                entity: account
                record-id: Id
                filter: record.Id != "1" && record.Id != "2"
                fields:
                  account_id: Id
                  name: Alias
                """;
        return MappingVersion.of(
                ACME, "salesforce", 2, content, MappingVersion.PUBLISH, "jo", null, Instant.EPOCH);
    }

    private List<String> run(MiniCluster cluster, int exitCode, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--config", "/dev/null"));
        for (String setting : kafka.settings(PREFIX)) {
            arguments.addAll(List.of("-D", setting.substring(2)));
        }
        String[] all = arguments.toArray(String[]::new);
        assertThat(TestingBroker.besides(cluster, 2, () -> console.run(all)))
                .as(() -> console.out() + "\n" + console.err())
                .isEqualTo(exitCode);
        return console.out();
    }

    private static void send(StreamKey key, int id) {
        kafka.sendRecord(
                PREFIX, key, "{\"Id\":\"%d\",\"Name\":\"a\",\"Alias\":\"b\"}".formatted(id));
    }

    /** Waits until the rows of each tenant have these names so many times. */
    private static void awaitNames(String... expected) {
        TestingBroker.awaitList(PATIENCE, RebuildITCase::names, List.of(expected));
    }

    private static List<String> names() {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode row : kafka.accounts(PREFIX).values()) {
            counts.merge(
                    row.path("tenant").asText() + " " + row.at("/data/name").asText(),
                    1,
                    Integer::sum);
        }
        return counts.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
    }
}
