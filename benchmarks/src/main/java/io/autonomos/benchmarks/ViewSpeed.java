package io.autonomos.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.Topics;
import io.autonomos.jobs.stack.EmbeddedPostgres;
import io.autonomos.jobs.stack.Ports;
import io.autonomos.jobs.stack.StackJobSettings;
import io.autonomos.jobs.stack.WorkDir;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures raw records to unified views in all three stores, broker and PostgreSQL on the same
 * processors: {@code ViewSpeed [RECORDS [TENANTS [PARALLELISM [KEY=VALUE...]]]]}.
 *
 * <p>Half of the records are new, half change one of the records so far, chosen by Zipf's law. The
 * time is that from the first third of the canonical events to the last commit of the last store.
 */
public final class ViewSpeed {

    private static final int PARTITIONS = 2;
    private static final String RAW = "raw";
    private static final String PREFIX = "views";
    private static final long POLL_NANOS = 250_000_000;

    private final BrokerProcess broker;
    private final EmbeddedPostgres postgres;
    private final WorkDir workDir;
    private final int records;
    private final int tenants;

    private ViewSpeed(
            BrokerProcess broker,
            EmbeddedPostgres postgres,
            WorkDir workDir,
            int records,
            int tenants) {
        this.broker = broker;
        this.postgres = postgres;
        this.workDir = workDir;
        this.records = records;
        this.tenants = tenants;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300_000;
        int tenants = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        int parallelism = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
        Map<String, String> more = new HashMap<>();
        for (String each :
                List.of(arguments).subList(Math.min(3, arguments.length), arguments.length)) {
            more.put(each.split("=", 2)[0], each.split("=", 2)[1]);
        }
        Path directory = Files.createTempDirectory("view-speed");
        WorkDir workDir = WorkDir.create(directory.resolve("work"));
        try (BrokerProcess broker = BrokerProcess.start();
                EmbeddedPostgres postgres = EmbeddedPostgres.start(workDir, Ports.any())) {
            ViewSpeed speed = new ViewSpeed(broker, postgres, workDir, records, tenants);
            speed.fill();
            speed.run(directory.resolve("checkpoints"), parallelism, more);
        } finally {
            WorkDir.create(directory).wipe("work");
            WorkDir.create(directory).wipe("checkpoints");
        }
        System.exit(0);
    }

    private void fill() throws Exception {
        broker.admin().createTopics(List.of(new NewTopic(RAW, PARTITIONS, (short) 1))).all().get();
        ChangingRecords all = new ChangingRecords(tenants);
        try (RawTopicWriter writer =
                new RawTopicWriter(broker.bootstrapServers(), Map.of("linger.ms", "20"), RAW)) {
            for (int i = 0; i < records; i++) {
                all.sendNext(writer, ChangingRecords.EPOCH + i);
            }
        }
    }

    private void run(Path checkpoints, int parallelism, Map<String, String> more) throws Exception {
        Map<String, String> settings = allStores(workDir, broker, postgres);
        settings.putAll(more);
        JobClient job =
                new PipelineJobs(broker.bootstrapServers(), checkpoints)
                        .product(RAW, PREFIX, parallelism, settings);
        String canonical = Topics.canonical(PREFIX, "opportunity");
        long written = written(canonical);
        while (written < records / 3) {
            pause(job);
            written = written(canonical);
        }
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long clock = System.nanoTime();
        double own = system.getProcessCpuTime() / 1e9;
        double brokers = ProcessTimes.seconds(broker.pid());
        double servers = ProcessTimes.seconds(postgres.pid());
        ThreadTimes threads = ThreadTimes.now();
        ThreadTimes last = threads;
        while (!job.getJobExecutionResult().isDone()) {
            LockSupport.parkNanos(POLL_NANOS);
            last = ThreadTimes.now().and(last);
        }
        job.getJobExecutionResult().get(1, TimeUnit.MINUTES);
        double seconds = (System.nanoTime() - clock) / 1e9;
        double micros = 1e6 / (records - written);
        System.out.printf(
                "%,d records: %.0f records/s; processor time in us per record: job %.1f,"
                        + " broker %.1f, PostgreSQL %.1f%n  %s%n",
                records,
                (records - written) / seconds,
                (system.getProcessCpuTime() / 1e9 - own) * micros,
                (ProcessTimes.seconds(broker.pid()) - brokers) * micros,
                (ProcessTimes.seconds(postgres.pid()) - servers) * micros,
                last.since(threads, records - written));
        check();
    }

    /** The settings of a job that writes to all three stores. */
    static Map<String, String> allStores(
            WorkDir workDir, BrokerProcess broker, EmbeddedPostgres postgres) {
        Map<String, String> settings =
                new HashMap<>(
                        StackJobSettings.of(
                                workDir, broker.bootstrapServers(), postgres.jdbcUrl()));
        settings.remove("input.directory");
        settings.remove("duckdb.commit-interval"); // the stack's is for people who watch
        settings.put("sinks", "kafka;postgres;duckdb");
        return settings;
    }

    /** As many rows as records, or the figures mean nothing. */
    private void check() throws Exception {
        try (Connection connection = postgres.connect(EmbeddedPostgres.ADMIN);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM dcl_opportunity")) {
            found.next();
            long expected = ChangingRecords.keys(records);
            System.out.printf("%,d rows of %,d%n", found.getLong(1), expected);
        }
    }

    private static void pause(JobClient job) throws Exception {
        if (job.getJobExecutionResult().isCompletedExceptionally()) {
            job.getJobExecutionResult().get();
        }
        LockSupport.parkNanos(POLL_NANOS);
    }

    private long written(String topic) throws Exception {
        Set<String> topics = new HashSet<>(broker.admin().listTopics().names().get());
        if (!topics.contains(topic)) {
            return 0;
        }
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return broker.admin().listOffsets(partitions).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
