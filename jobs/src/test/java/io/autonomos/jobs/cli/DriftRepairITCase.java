package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.AutonomosJob;
import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.RegistryClient;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.stack.EmbeddedKafka;
import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real job with a real broker: sources rename a field while it runs. */
class DriftRepairITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PREFIX = "drift";
    private static final String STABLE = "globex";
    private static final int KNOWN = 40;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private static Path folder;
    private static EmbeddedKafka kafka;

    private final LedgerBook ledger = new LedgerBook();
    private final RegistryClient registry =
            new RegistryClient(kafka.bootstrapServers(), Map.of(), PREFIX);

    @BeforeAll
    static void start() {
        kafka =
                EmbeddedKafka.start(
                        folder.resolve("kafka"), StackPorts.choose(StackPorts.Asked.ANY).kafka());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void aRenamedFieldIsMendedWhileTheJobRunsAndNoRecordIsLostOrTurnedRound() throws Exception {
        JobClient job = submit();
        List<StreamKey> streams = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            streams.add(new StreamKey("acme", "crm-" + i, "Opportunity"));
        }
        StreamKey stable = new StreamKey(STABLE, "crm", "Opportunity");
        streams.forEach(key -> send(key, 0, KNOWN, 1, "StageName"));
        send(stable, 0, KNOWN, 1, "StageName");
        await(() -> canonical() == (streams.size() + 1L) * KNOWN);

        List<Long> millis = new ArrayList<>();
        for (StreamKey key : streams) {
            long begin = System.currentTimeMillis();
            send(key, 20, 60, 2, "Opportunity_Stage");
            await(() -> repaired(key) != null);
            millis.add(repaired(key).toEpochMilli() - begin);
            send(stable, 0, KNOWN, 2, "StageName");
            send(key, 20, 60, 3, "Opportunity_Stage");
        }

        long all = (streams.size() + 1L) * KNOWN + streams.size() * (40L + KNOWN + 40);
        await(() -> canonical() == all);
        assertThat(ledger.sum(LedgerEntry::parked)).isZero();
        assertThat(ledger.sum(LedgerEntry::residual)).isZero();
        assertThat(ledger.sum(LedgerEntry::deadLettered)).isZero();
        assertOrdered(streams);
        assertThat(messages("proposals"))
                .hasSize(streams.size())
                .allSatisfy(each -> assertThat(each.path("tier").asText()).isEqualTo("apply"));
        assertThat(messages("drift"))
                .filteredOn(each -> !each.path("severity").asText().equals("low"))
                .allSatisfy(each -> assertThat(each.path("tenant").asText()).isEqualTo("acme"))
                .extracting(each -> each.at("/changes/0/kind").asText())
                .containsOnly("renamed");
        assertThat(millis)
                .as("from the first drifted record to the mapping in effect, ms")
                .allSatisfy(each -> assertThat(each).isLessThan(20_000));
        job.cancel().get();
    }

    /** Each record's versions are there once each, in order, with their stage. */
    private void assertOrdered(List<StreamKey> streams) {
        Map<String, List<String>> versions = new TreeMap<>();
        for (JsonNode event : messages("canonical.opportunity")) {
            String id = event.at("/source/connection").asText() + event.at("/source/record_id");
            assertThat(event.at("/data/stage").asText()).startsWith("Stage ");
            versions.computeIfAbsent(event.path("tenant").asText() + id, v -> new ArrayList<>())
                    .add(event.at("/data/name").asText().split(" ")[2]);
        }
        for (StreamKey key : streams) {
            for (int n = 20; n < 60; n++) {
                List<String> expected = new ArrayList<>(List.of("v2", "v3"));
                if (n < KNOWN) {
                    expected.add(0, "v1");
                }
                assertThat(versions.get("acme" + key.connection() + "\"" + id(n) + "\""))
                        .isEqualTo(expected);
            }
        }
    }

    private List<JsonNode> messages(String topic) {
        List<JsonNode> found = new ArrayList<>();
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), Map.of())) {
            reader.read(
                    Pattern.compile(Pattern.quote(PREFIX + "." + topic)),
                    message -> found.add(parse(message.value())));
        }
        return found;
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the repair of a stream took effect, or null. */
    private Instant repaired(StreamKey key) {
        for (RegistryBook.Entry line : registry.read().history(key)) {
            if (line.message().version().origin().equals(MappingVersion.REPAIR)
                    && line.verdict() != null) {
                assertThat(line.verdict().outcome()).isEqualTo("accepted");
                return line.verdict().at();
            }
        }
        return null;
    }

    private long canonical() {
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), Map.of())) {
            ledger.refresh(reader, PREFIX);
        }
        return ledger.sum(LedgerEntry::canonical);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static String id(int n) {
        return "0065f%010dAAA".formatted(n);
    }

    private static void send(StreamKey key, int from, int to, int version, String stage) {
        try (RawTopicWriter writer =
                new RawTopicWriter(kafka.bootstrapServers(), Map.of(), PREFIX + ".raw")) {
            for (int n = from; n < to; n++) {
                String json =
                        """
                        {"Id":"%s","Name":"Deal %d v%d","AccountId":"0015f%010dAAA","%s":"Stage %d",\
                        "Amount":%d.5,"CurrencyIsoCode":"EUR","CloseDate":"2024-05-%02d",\
                        "Probability":%d,"OwnerId":"0055f%010dAAA",\
                        "CreatedDate":"2024-01-13T17:35:59.904+0000",\
                        "SystemModstamp":"2024-02-%02dT17:35:59.904+0000"}"""
                                .formatted(
                                        id(n),
                                        n,
                                        version,
                                        n % 7,
                                        stage,
                                        n % 6,
                                        1_000 + 17 * n,
                                        1 + n % 28,
                                        n % 100,
                                        n % 5,
                                        version);
                writer.send(
                        key, "salesforce", null, null, 1_700_000_000_000L, json.getBytes(UTF_8));
            }
        }
    }

    private static JobClient submit() throws Exception {
        Configuration flink = new Configuration();
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(2);
        return AutonomosJob.submit(
                env,
                JobConfig.fromArguments(
                        "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "-Dkafka.topic-prefix=" + PREFIX,
                        "-Dkafka.sink.transactional-id-prefix=" + System.nanoTime(),
                        "-Dsinks=kafka",
                        "-Dcheckpoint-interval=200 ms"));
    }
}
