package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.Topics;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MessageJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user sees who has no job running, and who has just started one. */
class SimulateCommandITCase {

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(1);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();

    @Test
    void withoutAJobEachStreamIsNotRead() throws Exception {
        // Proposals of repairs share their topic with those of merges.
        String merge = MergeCandidate.id("acme", "account", "name:acme/GB", "domain:acme.com");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            NewTopic proposals = new NewTopic(Topics.proposals("none"), 1, (short) 1);
            admin.createTopics(List.of(proposals)).all().get();
        }
        kafka.send(
                Topics.proposals("none"),
                merge.getBytes(UTF_8),
                MessageJson.write(
                        new MergeCandidate(
                                merge,
                                "acme",
                                "account",
                                "name:acme/GB",
                                "domain:acme.com",
                                List.of("name"),
                                List.of(),
                                Instant.EPOCH)));
        String[] simulate = {
            "simulate", "--kind", "renamed,odd,added", "--records", "20", "--timeout", "1"
        };

        kafka.run(console, "none", 2, simulate);

        assertThat(console.out())
                .filteredOn(line -> line.contains("not read"))
                .hasSize(3)
                .allMatch(line -> line.endsWith("NOT AS EXPECTED"));
    }

    @Test
    void oneTaskThatHasJustStartedSeesEveryKindOfChangeAtOnce() throws Exception {
        JobClient job = TestingBroker.submit(1, null, kafka.settings("all"));

        kafka.run(console, "all", 0, "simulate", "--timeout", "120");

        assertThat(console.out()).filteredOn(line -> line.contains("  400  ")).hasSize(15);
        job.cancel().get();
    }
}
