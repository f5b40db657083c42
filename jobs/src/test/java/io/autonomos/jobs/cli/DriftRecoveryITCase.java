package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.jobs.AutonomosJob;
import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RegistryClient;
import io.autonomos.jobs.TopicReader;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole loop while its TaskManager dies: as records wait, and as the repair is published. */
class DriftRecoveryITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PREFIX = "recovery";
    private static final StreamKey DRIFTS = new StreamKey("acme", "crm", "Opportunity");
    private static final StreamKey STABLE = new StreamKey("globex", "crm", "Opportunity");
    private static final int KNOWN = 40;

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    @Test
    void aRepairThatIsKilledTwiceLosesDoublesAndTurnsRoundNothing(
            @InjectMiniCluster MiniCluster cluster) throws Exception {
        JobClient job = submit();
        for (StreamKey key : List.of(DRIFTS, STABLE)) {
            kafka.sendDeals(PREFIX, key, 0, KNOWN, 1, "StageName");
        }
        TestingBroker.await(PATIENCE, () -> sum(LedgerEntry::canonical) == 2L * KNOWN);

        kafka.sendDeals(PREFIX, DRIFTS, 20, 60, 2, "Opportunity_Stage");
        TestingBroker.await(PATIENCE, () -> sum(LedgerEntry::parked) > 0);
        assertThat(isPublished()).as("killed before there is a repair").isFalse();
        kill(cluster, 0);
        kafka.sendDeals(PREFIX, DRIFTS, 20, 60, 3, "Opportunity_Stage");
        kafka.sendDeals(PREFIX, STABLE, 0, KNOWN, 2, "StageName");
        TestingBroker.await(PATIENCE, this::isPublished);
        kill(cluster, 1);
        kafka.sendDeals(PREFIX, DRIFTS, 20, 60, 4, "Opportunity_Stage");

        long all = 2L * KNOWN + 3 * 40 + KNOWN;
        TestingBroker.await(PATIENCE, () -> sum(LedgerEntry::canonical) == all);
        assertThat(sum(LedgerEntry::in)).isEqualTo(all);
        assertThat(sum(LedgerEntry::parked)).isZero();
        assertThat(sum(LedgerEntry::deadLettered)).isZero();
        assertThat(sum(LedgerEntry::residual)).isZero();
        assertOrdered(all);
        assertOneOfEach();
        job.cancel().get();
    }

    private JobClient submit() throws Exception {
        Configuration flink = new Configuration();
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(2);
        String[] settings =
                Stream.concat(
                                Stream.of(kafka.settings(PREFIX)),
                                // Time to be killed in: it is longer than a checkpoint takes.
                                Stream.of(
                                        "-Ddrift.collect-time=3 s", "-Ddrift.collect-records=500"))
                        .toArray(String[]::new);
        return AutonomosJob.submit(env, JobConfig.fromArguments(settings));
    }

    private static void kill(MiniCluster cluster, int taskManager) throws Exception {
        cluster.terminateTaskManager(taskManager).get();
        cluster.startTaskManager();
    }

    /** Each version of each record is there once, in order, with its stage. */
    private void assertOrdered(long all) {
        Map<String, List<String>> versions = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        List<JsonNode> events = messages("canonical.opportunity");
        for (JsonNode event : events) {
            ids.add(event.path("id").asText());
            assertThat(event.at("/data/stage").asText()).startsWith("Stage ");
            if (event.path("tenant").asText().equals(DRIFTS.tenant())) {
                versions.computeIfAbsent(
                                event.at("/source/record_id").asText(), id -> new ArrayList<>())
                        .add(event.at("/data/name").asText().split(" ")[2]);
            }
        }
        assertThat(events).hasSize((int) all);
        assertThat(ids).hasSize((int) all);
        for (int n = 0; n < 60; n++) {
            List<String> expected = new ArrayList<>();
            if (n < KNOWN) {
                expected.add("v1");
            }
            if (n >= 20) {
                expected.addAll(List.of("v2", "v3", "v4"));
            }
            assertThat(versions.get(TestingBroker.dealId(n))).isEqualTo(expected);
        }
    }

    /** A repair that is worked out again is the same repair. */
    private void assertOneOfEach() {
        assertThat(messages("proposals"))
                .extracting(each -> each.path("tier").asText())
                .containsExactly("apply");
        assertThat(messages("review-log")).hasSize(1);
        assertThat(messages("memory")).hasSize(1);
        // A version may be written again after a restart: it is the same, and changes nothing.
        assertThat(published())
                .allSatisfy(line -> assertThat(line.verdict().outcome()).isEqualTo("accepted"))
                .extracting(line -> line.message().version())
                .containsOnly(published().get(0).message().version());
        assertThat(messages("drift"))
                .filteredOn(each -> !each.path("severity").asText().equals("low"))
                .allSatisfy(
                        each ->
                                assertThat(each.path("tenant").asText())
                                        .isEqualTo(DRIFTS.tenant()));
    }

    private boolean isPublished() {
        return !published().isEmpty();
    }

    private List<RegistryBook.Entry> published() {
        return new RegistryClient(kafka.bootstrapServers(), Map.of(), PREFIX)
                .read().history(DRIFTS).stream()
                        .filter(
                                each ->
                                        each.message()
                                                .version()
                                                .origin()
                                                .equals(MappingVersion.REPAIR))
                        .toList();
    }

    private static List<JsonNode> messages(String topic) {
        List<JsonNode> found = new ArrayList<>();
        try (TopicReader reader = kafka.reader()) {
            reader.read(
                    PREFIX + "." + topic,
                    message -> found.add(TestingBroker.json(message.value())));
        }
        return found;
    }

    private static long sum(ToLongFunction<LedgerEntry> column) {
        LedgerBook ledger = new LedgerBook();
        try (TopicReader reader = kafka.reader()) {
            ledger.refresh(reader, PREFIX);
        }
        return ledger.sum(column);
    }
}
