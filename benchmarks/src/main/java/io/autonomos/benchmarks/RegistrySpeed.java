package io.autonomos.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.operators.sink.kafka.RegistrySerializer;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What mapping versions cost a job: heap and processor time per record with many versions known and
 * none, and how long a version takes from publishing to its effect: {@code RegistrySpeed [VERSIONS
 * [RECORDS]]}.
 *
 * <p>Each version belongs to a stream of its own and has a content of its own, so nothing is
 * shared. The job runs alone in this process, with RocksDB; heap is what is left after a full
 * collection.
 */
public final class RegistrySpeed {

    private static final int PUBLICATIONS = 40;
    private static final int FIELDS = 33;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long MEBI = 1 << 20;

    private final BrokerProcess broker;
    private final PipelineJobs jobs;
    private final int versions;
    private final int records;

    private RegistrySpeed(BrokerProcess broker, Path checkpoints, int versions, int records) {
        this.broker = broker;
        this.jobs = new PipelineJobs(broker.bootstrapServers(), checkpoints);
        this.versions = versions;
        this.records = records;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int versions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200_000;
        Path checkpoints = Files.createTempDirectory("autonomos-benchmark-checkpoints");
        try (BrokerProcess broker = BrokerProcess.start()) {
            RegistrySpeed speed = new RegistrySpeed(broker, checkpoints, versions, records);
            speed.run("warm-up", false);
            speed.run("none", false);
            speed.run("known", true);
        }
        System.exit(0);
    }

    private void run(String prefix, boolean withVersions) throws Exception {
        System.out.println(prefix + ":");
        create(prefix + ".raw", Map.of());
        if (withVersions) {
            create(
                    Topics.mappings(prefix),
                    Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            publishAll(prefix);
        }
        long began = System.nanoTime();
        JobClient job = jobs.product(prefix + ".raw", prefix, 1, Map.of("input.bounded", "false"));
        send(prefix, 1, 0);
        await(prefix, 1);
        System.out.printf("  first record after %.1f s%n", seconds(began));
        System.out.printf("  heap: %d MB%n", heap());
        perRecord(prefix);
        send(prefix, versions, 1);
        await(prefix, 1L + records + versions);
        System.out.printf("  heap, %d streams with records: %d MB%n", versions, heap());
        if (withVersions) {
            latencies(prefix);
        }
        job.cancel().get();
    }

    /** Records of one stream, after a tenth of them. */
    private void perRecord(String prefix) throws Exception {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        send(prefix, records / 10, 0);
        await(prefix, 1L + records / 10);
        long processor = system.getProcessCpuTime();
        long began = system.getProcessCpuTime();
        send(prefix, records - records / 10, 0);
        long sent = system.getProcessCpuTime() - began;
        await(prefix, 1L + records);
        double spent = (system.getProcessCpuTime() - processor) / 1e3;
        System.out.printf(
                "  %.1f us of processor time per record, sending included (%.1f while sending)%n",
                spent / records, sent / 1e3 / records);
    }

    private void publishAll(String prefix) {
        RegistrySerializer serializer = new RegistrySerializer(prefix);
        long bytes = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "20"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < versions; i++) {
                MappingVersion version = version(i, 2, "ignore_" + i);
                bytes += version.content().length();
                var unused = producer.send(serializer.serialize(RegistryMessage.of(version)));
            }
        }
        System.out.printf("  %d versions, %d MB of contents%n", versions, bytes / MEBI);
    }

    /** From handing a version over to reading the verdict, which is made as it takes effect. */
    private void latencies(String prefix) throws Exception {
        RegistrySerializer serializer = new RegistrySerializer(prefix);
        TopicPartition partition = new TopicPartition(Topics.mappings(prefix), 0);
        Map<String, Object> clients =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "isolation.level",
                        "read_committed");
        long[] millis = new long[PUBLICATIONS];
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", broker.bootstrapServers()),
                                new ByteArraySerializer(),
                                new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                clients,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            for (int i = 0; i < PUBLICATIONS; i++) {
                MappingVersion version = version(i % 7, 3 + i, "later_" + i);
                long began = System.nanoTime();
                long offset =
                        producer.send(serializer.serialize(RegistryMessage.of(version)))
                                .get()
                                .offset();
                while (!isAnswered(consumer, offset)) {
                    Thread.onSpinWait();
                }
                millis[i] = (System.nanoTime() - began) / 1_000_000;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "  publish to verdict: median %d ms, worst %d ms of %d%n",
                millis[PUBLICATIONS / 2], millis[PUBLICATIONS - 1], PUBLICATIONS);
    }

    private static boolean isAnswered(KafkaConsumer<byte[], byte[]> consumer, long offset) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(PATIENCE)) {
            MappingVerdict verdict =
                    RegistryMessage.read(each.key(), each.value(), 0, each.offset()).verdict();
            if (verdict != null && verdict.offset() == offset) {
                return true;
            }
        }
        return false;
    }

    private static MappingVersion version(int tenant, int number, String ignored) {
        StreamKey key = key(tenant);
        String content =
                MappingCatalog.shipped()
                                .content(
                                        MappingCatalog.shipped()
                                                .resolve(SampleRecords.SOURCE, key.stream())
                                                .mapping())
                        + "\n# "
                        + ignored
                        + "\n";
        return MappingVersion.of(
                key,
                SampleRecords.SOURCE,
                number,
                content,
                MappingVersion.IMPORT,
                "benchmark",
                null,
                Instant.EPOCH);
    }

    private static StreamKey key(int tenant) {
        return new StreamKey("tenant-" + tenant, "salesforce-prod", SampleRecords.STREAM);
    }

    /** Records of the first stream, or one of each with a step of 1. */
    private void send(String prefix, int count, int step) {
        Map<String, String> settings = Map.of("linger.ms", "20", "batch.size", "262144");
        try (RawTopicWriter writer =
                new RawTopicWriter(broker.bootstrapServers(), settings, prefix + ".raw")) {
            for (int i = 0; i < count; i++) {
                writer.send(
                        key(i * step),
                        SampleRecords.SOURCE,
                        "upsert",
                        SampleRecords.id(i),
                        1_767_225_600_000L + i,
                        SampleRecords.record(i, FIELDS));
            }
        }
    }

    private void await(String prefix, long expected) {
        LedgerBook ledger = new LedgerBook();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (TopicReader reader = new TopicReader(broker.bootstrapServers(), Map.of())) {
            do {
                LockSupport.parkNanos(100_000_000);
                ledger.refresh(reader, prefix);
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            ledger.sum(LedgerEntry::in) + " of " + expected + " came in");
                }
            } while (ledger.sum(LedgerEntry::canonical) < expected);
        }
    }

    private void create(String topic, Map<String, String> settings) throws Exception {
        broker.admin()
                .createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(settings)))
                .all()
                .get();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
