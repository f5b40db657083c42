package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.jobs.RegistryClient;
import io.autonomos.jobs.TopicReader;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real job with a real broker: mapping versions that are published while it runs. */
class LiveMappingITCase {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final StreamKey GLOBEX = new StreamKey("globex", "sf", "Account");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @TempDir private static Path folder;

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();
    private String prefix;
    private int records;

    @Test
    void aVersionTakesEffectWithoutRestartAndOutlivesSavepointAndFreshStart() throws Exception {
        prefix = "live";
        RegistryClient registry = new RegistryClient(kafka.bootstrapServers(), Map.of(), prefix);
        JobClient job = submit(null);
        send(ACME);
        send(GLOBEX);
        assertThat(event(1)).isEqualTo("acme a shipped 1");
        assertThat(event(2)).isEqualTo("globex a shipped 1");

        sendJunk();
        MappingVerdict two = publish(registry, version(2, "Alias"));
        send(ACME);
        MappingVerdict three = publish(registry, version(3, "Alias\n  nmae: Name"));
        send(ACME);
        send(GLOBEX);

        assertThat(two.accepts()).isTrue();
        assertThat(three.accepts()).isFalse();
        assertThat(three.problems().get(0).code()).isEqualTo("AOS-605");
        assertThat(event(3)).isEqualTo("acme b own 2");
        assertThat(event(4)).isEqualTo("acme b own 2");
        assertThat(event(5)).isEqualTo("globex a shipped 1");

        String savepoint =
                job.stopWithSavepoint(
                                false,
                                folder.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        job = submit(savepoint);
        send(ACME);
        assertThat(event(6)).isEqualTo("acme b own 2");
        job.cancel().get();

        registry.publish(version(4, "Name"));
        send(ACME);
        job = submit(null);
        assertThat(event(7)).isEqualTo("acme a own 4");
        assertThat(registry.read().history(ACME))
                .extracting(each -> each.verdict().outcome())
                .containsExactly("accepted", "refused", "accepted");
        assertThat(registry.read().history(StreamKey.UNADDRESSED))
                .extracting(each -> each.verdict().problems().get(0).code())
                .containsExactly("AOS-403", "AOS-692");
        job.cancel().get();
    }

    @Test
    void aUserPlansPublishesComparesAndRollsBack() throws Exception {
        prefix = "user";
        JobClient job = submit(null);
        send(ACME);
        assertThat(event(1)).isEqualTo("acme a shipped 1");

        assertThat(mappings(0, "list"))
                .anyMatch(line -> line.matches("acme/sf/Account .*shipped.*"));
        List<String> plan = mappings(0, "publish", "--plan", file("Alias"));
        assertThat(plan.get(0)).startsWith("1 records of acme/sf/Account tried, 0 stay");
        assertThat(plan).anyMatch(line -> line.matches("name +1 +0 +0 +1: \"a\" -> \"b\""));
        assertThat(mappings(0, "history"))
                .containsExactly("acme/sf/Account has no version of its own.");

        assertThat(mappings(0, "publish", "--note", "new form", file("Alias")))
                .containsExactly("acme/sf/Account version 2 is in effect.");
        send(ACME);
        assertThat(event(2)).isEqualTo("acme b own 2");

        mappings(1, "publish", file("Alias\n  nmae: Name"));
        assertThat(console.err().get(0)).contains("Alias.yaml:9:3: error AOS-605");
        assertThat(console.err()).anyMatch(line -> line.contains("Did you mean name?"));
        assertThat(mappings(0, "publish", file("Name"))).hasSize(1);
        assertThat(mappings(2, "diff"))
                .containsExactly("acme/sf/Account: 2 -> 3", "~ name from: Alias -> Name");
        assertThat(mappings(0, "rollback", "--to", "2"))
                .containsExactly("acme/sf/Account version 4 is in effect.");
        send(ACME);
        assertThat(event(3)).isEqualTo("acme b own 4");
        assertThat(mappings(0, "diff", "--from", "2", "--to", "4")).contains("  no difference");
        mappings(1, "rollback", "--to", "2");
        assertThat(console.err().get(0)).contains("AOS-690");

        assertThat(String.join("\n", mappings(0, "show")) + "\n").isEqualTo(content("Alias"));
        assertThat(mappings(0, "show", "--of", "shipped")).contains("mapping: salesforce-account");
        assertThat(mappings(0, "rollback", "--to", "shipped")).hasSize(1);
        assertThat(mappings(0, "history"))
                .anyMatch(line -> line.matches("version 2, publish by .* accepted: new form"))
                .anyMatch(line -> line.matches("version 5, rollback by .* in effect: .*shipped"));
        job.cancel().get();
        mappings(2, "publish", "--timeout", "0.5", file("Alias"));
        assertThat(console.out().get(0)).contains("version 6").contains("No job has answered");
        assertThat(mappings(0, "list", "--json").get(0)).contains("\"open\":1");
    }

    /** Runs a command that must end with the exit code; returns what it printed. */
    private List<String> mappings(int exitCode, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("mappings", command));
        all.addAll(List.of("--tenant", "acme", "--connection", "sf"));
        all.addAll(List.of(arguments));
        return kafka.run(console, prefix, exitCode, all.toArray(new String[0]));
    }

    private static String file(String field) throws IOException {
        Path file = folder.resolve(field.split("\\W")[0] + ".yaml");
        return Files.writeString(file, content(field)).toString();
    }

    private static MappingVerdict publish(RegistryClient registry, MappingVersion version) {
        return registry.await(registry.publish(version), PATIENCE).orElseThrow();
    }

    private static String content(String field) {
        return """
        mapping: own
        source: salesforce
        stream: Account
        entity: account
        record-id: Id
        fields:
          account_id: Id
          name: %s
        """
                .formatted(field);
    }

    private static MappingVersion version(int number, String field) {
        return MappingVersion.of(
                ACME,
                "salesforce",
                number,
                content(field),
                MappingVersion.PUBLISH,
                "jo",
                null,
                Instant.EPOCH);
    }

    private void sendJunk() throws Exception {
        kafka.send(prefix + ".mappings", new byte[] {7}, new byte[] {0, -1});
        kafka.send(prefix + ".mappings", new byte[] {7}, null);
    }

    private void send(StreamKey key) {
        kafka.sendRecord(
                prefix, key, "{\"Id\":\"%d\",\"Name\":\"a\",\"Alias\":\"b\"}".formatted(++records));
    }

    /** Tenant, name, mapping and version of the event of a record, once it is there. */
    private String event(int record) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> found = new ArrayList<>();
        while (found.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            try (TopicReader reader = kafka.reader()) {
                reader.read(
                        prefix + ".canonical.account",
                        message -> {
                            JsonNode event = TestingBroker.json(message.value());
                            if (event.at("/source/record_id").asInt() == record) {
                                found.add(line(event));
                            }
                        });
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String line(JsonNode event) {
        String mapping = event.at("/mapping/id").asText();
        return "%s %s %s %s"
                .formatted(
                        event.at("/tenant").asText(),
                        event.at("/data/name").asText(),
                        mapping.equals("own") ? mapping : "shipped",
                        event.at("/mapping/version").asText());
    }

    private JobClient submit(String savepoint) throws Exception {
        return TestingBroker.submit(2, savepoint, kafka.settings(prefix));
    }
}
