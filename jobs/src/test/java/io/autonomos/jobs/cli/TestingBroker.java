package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.AutonomosJob;
import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.stack.EmbeddedKafka;
import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real broker for one test class, and what tests do with it. */
final class TestingBroker implements BeforeAllCallback, AfterAllCallback {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EMITTED_AT = 1_700_000_000_000L;

    private Path folder;
    private EmbeddedKafka kafka;

    /** A Flink cluster of one TaskManager for one test class. */
    static MiniClusterExtension cluster(int slots) {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(slots)
                        .build());
    }

    /**
     * Runs a command that brings its own small cluster, which Flink forbids where a test has one.
     */
    static int besides(MiniCluster cluster, int slots, IntSupplier command) {
        TestStreamEnvironment.unsetAsContext();
        try {
            return command.getAsInt();
        } finally {
            TestStreamEnvironment.setAsContext(cluster, slots);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("broker");
        kafka = EmbeddedKafka.start(folder, StackPorts.choose(StackPorts.Asked.ANY).kafka());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        kafka.close();
        FileUtils.deleteDirectory(folder.toFile());
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    TopicReader reader() {
        return new TopicReader(bootstrapServers(), Map.of());
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends one message and waits until it is there. */
    void send(String topic, byte[] key, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** The settings of a job that reads and writes topics of a prefix here, and nothing else. */
    String[] settings(String prefix) {
        return new String[] {
            "-Dkafka.bootstrap-servers=" + bootstrapServers(),
            "-Dkafka.topic-prefix=" + prefix,
            "-Dkafka.sink.transactional-id-prefix=" + System.nanoTime(),
            "-Dsinks=kafka",
            "-Dcheckpoint-interval=200 ms"
        };
    }

    /**
     * Submits the whole job, which is not to restart.
     *
     * @param savepoint to start from, or null
     */
    static JobClient submit(int parallelism, String savepoint, String... settings)
            throws Exception {
        Configuration flink = new Configuration();
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (savepoint != null) {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(parallelism);
        return AutonomosJob.submit(env, JobConfig.fromArguments(settings));
    }

    /** Runs a command on a job's topics that must end with the exit code; returns its output. */
    List<String> run(TestingConsole console, String prefix, int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap", bootstrapServers(), "--topic-prefix", prefix));
        assertThat(console.run(all.toArray(new String[0])))
                .as(() -> all + "\n" + console.out() + "\n" + console.err())
                .isEqualTo(exitCode);
        return console.out();
    }

    /** The id of an opportunity of {@link #sendDeals}. */
    static String dealId(int number) {
        return "0065f%010dAAA".formatted(number);
    }

    /**
     * Sends opportunities as Salesforce does.
     *
     * @param version rises with each change; it stands in the name
     * @param stage what the field of the stage is called
     */
    void sendDeals(String prefix, StreamKey key, int from, int to, int version, String stage) {
        try (RawTopicWriter writer =
                new RawTopicWriter(bootstrapServers(), Map.of(), prefix + ".raw")) {
            for (int n = from; n < to; n++) {
                String json =
                        """
                        {"Id":"%s","Name":"Deal %d v%d","AccountId":"0015f%010dAAA","%s":"Stage %d",\
                        "Amount":%d.5,"CurrencyIsoCode":"EUR","CloseDate":"2024-05-%02d",\
                        "Probability":%d,"OwnerId":"0055f%010dAAA",\
                        "CreatedDate":"2024-01-13T17:35:59.904+0000",\
                        "SystemModstamp":"2024-02-%02dT17:35:59.904+0000"}"""
                                .formatted(
                                        dealId(n),
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
                writer.send(key, "salesforce", null, null, EMITTED_AT, json.getBytes(UTF_8));
            }
        }
    }

    /** Sends one record as Salesforce does. */
    void sendRecord(String prefix, StreamKey key, String json) {
        try (RawTopicWriter writer =
                new RawTopicWriter(bootstrapServers(), Map.of(), prefix + ".raw")) {
            writer.send(key, "salesforce", null, null, EMITTED_AT, json.getBytes(UTF_8));
        }
    }

    /** Sends an account with a website. */
    void sendAccount(String prefix, StreamKey key, String id, String name, String domain) {
        sendRecord(
                prefix,
                key,
                "{\"Id\":\"%s\",\"Name\":\"%s\",\"Website\":\"https://%s\"}"
                        .formatted(id, name, domain));
    }

    /** The account rows by tenant and id, as a reader of the compacted topic has them. */
    Map<String, JsonNode> accounts(String prefix) {
        Map<String, JsonNode> rows = new TreeMap<>();
        try (TopicReader reader = reader()) {
            reader.read(
                    prefix + ".view.account",
                    message -> {
                        JsonNode key = json(message.key());
                        String name = key.get(0).asText() + " " + key.get(1).asText();
                        if (message.value() == null) {
                            rows.remove(name);
                        } else {
                            rows.put(name, json(message.value()));
                        }
                    });
        }
        return rows;
    }

    /** Looks again and again until a list is as expected; shows the last one where it never is. */
    static void awaitList(Duration patience, Supplier<List<String>> list, List<String> expected) {
        List<List<String>> last = new ArrayList<>();
        try {
            await(
                    patience,
                    () -> {
                        last.add(0, list.get());
                        return last.get(0).equals(expected);
                    });
        } catch (AssertionError e) {
            assertThat(last.get(0)).isEqualTo(expected);
        }
    }

    /** Looks again and again until it holds. */
    static void await(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    static JsonNode json(byte[] message) {
        try {
            return JSON.readTree(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
