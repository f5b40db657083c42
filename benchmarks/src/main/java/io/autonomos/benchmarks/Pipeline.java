package io.autonomos.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.autonomos.jobs.AutonomosJob;
import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.schemas.StreamKey;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The whole pipeline, Kafka to Kafka, beside a pass-through job on the same broker in the same run:
 * {@code Pipeline [RECORDS] [ROUNDS] [PARALLELISM] [TENANTS]}.
 *
 * <p>Both read the same topic of 1 KB records to its end and write exactly once, with the same
 * checkpoints. The pass-through hands bytes on; the product keys, translates, fingerprints, casts,
 * renders the envelope and keeps the ledger. Rounds alternate; the medians and their ratios count.
 * The broker is a process of its own, so that processor time is that of Flink alone.
 */
public final class Pipeline {

    private static final String RAW = "bench.raw";
    private static final String OUT = "bench.out";
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final String brokers;
    private final Path directory;
    private final int records;
    private final int parallelism;

    private Pipeline(String brokers, Path directory, int records, int parallelism) {
        this.brokers = brokers;
        this.directory = directory;
        this.records = records;
        this.parallelism = parallelism;
    }

    /** Records per second of wall time, and per second of processor time. */
    private record Speed(double perSecond, double perCpuSecond) {}

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) throws Exception {
        int records = argument(arguments, 0, 1_000_000);
        int rounds = argument(arguments, 1, 5);
        int parallelism = argument(arguments, 2, 1);
        int tenants = argument(arguments, 3, 1);
        Path directory = Files.createTempDirectory("pipeline");
        int port = freePort();
        Process broker = broker(directory.resolve("kafka"), port);
        try {
            String brokers = "127.0.0.1:" + port;
            Pipeline pipeline = new Pipeline(brokers, directory, records, parallelism);
            pipeline.fill(tenants);
            pipeline.compare(rounds, tenants);
        } finally {
            broker.destroy();
            broker.waitFor(20, TimeUnit.SECONDS);
        }
        System.exit(0); // Flink's local clusters leave threads behind
    }

    private void compare(int rounds, int tenants) throws Exception {
        List<Speed> bare = new ArrayList<>();
        List<Speed> product = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Speed one = measure(passThrough());
            Speed other = measure(product());
            if (round > 0) { // the first warms up
                bare.add(one);
                product.add(other);
            }
        }
        double wall = median(product, true) / median(bare, true);
        double cpu = median(product, false) / median(bare, false);
        System.out.printf(
                "%d records, %d tenants, parallelism %d, medians of %d rounds%n",
                records, tenants, parallelism, rounds);
        System.out.printf("%-14s %12s %12s%n", "", "records/s", "per CPU-s");
        System.out.printf(
                "%-14s %12.0f %12.0f%n", "pass-through", median(bare, true), median(bare, false));
        System.out.printf(
                "%-14s %12.0f %12.0f%n",
                "canonicalize", median(product, true), median(product, false));
        System.out.printf("%-14s %12.2f %12.2f%n", "ratio", wall, cpu);
    }

    private Speed measure(JobClient job) throws Exception {
        long cpu = SYSTEM.getProcessCpuTime();
        long millis = job.getJobExecutionResult().get().getNetRuntime();
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
        return new Speed(records / (millis / 1e3), records / cpuSeconds);
    }

    private static double median(List<Speed> speeds, boolean wall) {
        double[] values =
                speeds.stream()
                        .mapToDouble(s -> wall ? s.perSecond() : s.perCpuSecond())
                        .sorted()
                        .toArray();
        return values[values.length / 2];
    }

    private StreamExecutionEnvironment environment() {
        Configuration flink = new Configuration();
        flink.setString("state.backend.type", "rocksdb");
        flink.setString("execution.checkpointing.interval", "1 s");
        flink.setString(
                "execution.checkpointing.dir", directory.resolve("ckpt").toUri().toString());
        flink.setString("pipeline.object-reuse", "true");
        flink.setString("taskmanager.memory.network.min", "128 mb");
        flink.setString("taskmanager.memory.network.max", "128 mb");
        flink.setString("taskmanager.memory.managed.size", "256 mb");
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    }

    private JobClient passThrough() throws Exception {
        StreamExecutionEnvironment env = environment();
        KafkaSource<byte[]> source =
                KafkaSource.<byte[]>builder()
                        .setBootstrapServers(brokers)
                        .setTopics(RAW)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setBounded(OffsetsInitializer.latest())
                        .setValueOnlyDeserializer(new Bytes())
                        .build();
        KafkaSink<byte[]> sink =
                KafkaSink.<byte[]>builder()
                        .setBootstrapServers(brokers)
                        .setProperty("transaction.timeout.ms", "600000")
                        .setProperty("linger.ms", "20")
                        .setProperty("batch.size", Integer.toString(1 << 18))
                        .setRecordSerializer(
                                KafkaRecordSerializationSchema.<byte[]>builder()
                                        .setTopic(OUT)
                                        .setValueSerializationSchema(new Bytes())
                                        .build())
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix("bare-" + UUID.randomUUID())
                        .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source").sinkTo(sink);
        return env.executeAsync("pass-through");
    }

    private JobClient product() throws Exception {
        return AutonomosJob.submit(
                environment(),
                JobConfig.fromArguments(
                        "-Dkafka.bootstrap-servers=" + brokers,
                        "-Dinput.topics=" + RAW,
                        "-Dinput.start=earliest",
                        "-Dinput.bounded=true",
                        "-Dsinks=kafka",
                        "-Dstores.topic-partitions=2",
                        "-Dkafka.sink.transactional-id-prefix=" + UUID.randomUUID()));
    }

    private void fill(int tenants) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(RAW, 2, (short) 1),
                                    new NewTopic(OUT, 2, (short) 1)))
                    .all()
                    .get();
        }
        byte[][] values = new byte[1_000][];
        for (int i = 0; i < values.length; i++) {
            values[i] = SampleRecords.record(i, 33);
        }
        StreamKey[] streams = new StreamKey[Math.max(tenants, 8)];
        for (int i = 0; i < streams.length; i++) {
            String stream = SampleRecords.STREAM;
            streams[i] = new StreamKey("tenant-" + i % tenants, "crm-" + i, stream);
        }
        try (RawTopicWriter writer = new RawTopicWriter(brokers, Map.of(), RAW)) {
            for (int i = 0; i < records; i++) {
                StreamKey stream = streams[(int) (((i * 2_654_435_761L) >>> 7) % streams.length)];
                byte[] value = values[i % values.length];
                writer.send(stream, SampleRecords.SOURCE, null, null, 1_700_000_000_000L, value);
            }
        }
    }

    private static Process broker(Path directory, int port) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.autonomos.jobs.stack.BrokerMain",
                                directory.toString(),
                                Integer.toString(port))
                        .redirectErrorStream(true)
                        .redirectOutput(new File(directory + ".log"))
                        .start();
        for (int i = 0; i < 300; i++) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
                admin.listTopics().names().get(1, TimeUnit.SECONDS);
                return process;
            } catch (Exception e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        }
        throw new IllegalStateException("the broker did not start; see " + directory + ".log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int argument(String[] arguments, int index, int standard) {
        return Arrays.stream(arguments)
                .skip(index)
                .findFirst()
                .map(Integer::parseInt)
                .orElse(standard);
    }

    /** Hands bytes on as they are. */
    private static final class Bytes
            implements DeserializationSchema<byte[]>, SerializationSchema<byte[]> {

        private static final long serialVersionUID = 1L;

        @Override
        public byte[] deserialize(byte[] message) {
            return message;
        }

        @Override
        public byte[] serialize(byte[] element) {
            return element;
        }

        @Override
        public boolean isEndOfStream(byte[] nextElement) {
            return false;
        }

        @Override
        public TypeInformation<byte[]> getProducedType() {
            return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
        }
    }
}
