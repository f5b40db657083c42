package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.jobs.TopicReader;
import io.autonomos.schemas.StreamKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real job with a real broker: rows that a person told apart, and a job without state. */
class RejectedMergeITCase {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final String PREFIX = "apart";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();

    @Test
    void whatAPersonRejectedIsNotAskedByAJobThatBeginsAnew() throws Exception {
        JobClient job = submit("committed");
        send("1", "Falcon Works", "a.org");
        send("2", "Falcon Works", "b.org");
        awaitStatuses("pending");
        String id = merges().get(0).at("/merge/id").asText();
        kafka.run(console, PREFIX, 0, "review", "reject", id, "--by", "kim");
        awaitStatuses("rejected");
        TestingBroker.await(PATIENCE, () -> decisions().contains(id));
        job.cancel().get();

        // The reviews are read on where the first job was, the records from the beginning.
        job = submit("earliest");
        send("3", "Heron Works", "c.org");
        send("4", "Heron Works", "d.org");

        awaitStatuses("pending", "rejected");
        assertThat(merges())
                .filteredOn(each -> each.path("status").asText().equals("rejected"))
                .extracting(each -> each.at("/merge/id").asText())
                .containsExactly(id);
        job.cancel().get();
    }

    private static JobClient submit(String start) throws Exception {
        List<String> settings = new ArrayList<>(Arrays.asList(kafka.settings(PREFIX)));
        settings.add("-Dinput.start=" + start);
        return TestingBroker.submit(2, null, settings.toArray(String[]::new));
    }

    private static void send(String id, String name, String domain) {
        kafka.sendAccount(PREFIX, ACME, id, name, domain);
    }

    private void awaitStatuses(String... expected) {
        TestingBroker.awaitList(
                PATIENCE,
                () -> merges().stream().map(each -> each.path("status").asText()).sorted().toList(),
                List.of(expected));
    }

    private List<JsonNode> merges() {
        return kafka
                .run(console, PREFIX, 0, "review", "list", "--tenant", "acme", "--json")
                .stream()
                .map(line -> TestingBroker.json(line.getBytes(UTF_8)))
                .filter(each -> each.has("merge"))
                .toList();
    }

    /** The pairs that are told apart, as a reader of the compacted topic has them. */
    private static List<String> decisions() {
        List<String> pairs = new ArrayList<>();
        try (TopicReader reader = kafka.reader()) {
            reader.read(
                    PREFIX + ".merges",
                    message -> {
                        JsonNode key = TestingBroker.json(message.key());
                        assertThat(key.get(0).asText()).isEqualTo("acme");
                        assertThat(TestingBroker.json(message.value()).has("into")).isFalse();
                        pairs.add(key.get(2).asText());
                    });
        }
        return pairs;
    }
}
