package io.autonomos.benchmarks;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.stack.EmbeddedPostgres;
import io.autonomos.jobs.stack.Ports;
import io.autonomos.jobs.stack.WorkDir;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Measures how long a raw record takes to be visible in PostgreSQL's unified rows while records
 * come at a steady rate, all three stores and the broker on the same processors: {@code ViewLatency
 * [RATE [SECONDS [TENANTS [PARALLELISM [KEY=VALUE...]]]]]}.
 *
 * <p>The time is that from when a record was to be sent to the commit of the last version of its
 * row, by the server's own stamps ({@code track_commit_timestamp}); nothing polls. Half of the
 * records are new, half change one so far, chosen by Zipf's law. Three loads follow each other: all
 * tenants alike; one of them silent, the others with a tenth of the rate; the same with that one at
 * nine tenths.
 */
public final class ViewLatency {

    private static final String RAW = "raw";
    private static final int PARTITIONS = 2;
    private static final int WARM_UP_SECONDS = 60;
    private static final int SETTLE_SECONDS = 5;
    private static final long PATIENCE_SECONDS = 120;
    private static final String ROWS = "SELECT count(*) FROM dcl_opportunity";
    private static final String LATENCIES =
            """
            WITH rows AS (
                SELECT tenant = 'tenant-0' AS big,
                       extract(epoch FROM pg_xact_commit_timestamp(xmin) - as_of) * 1000 AS ms
                FROM dcl_opportunity WHERE as_of >= to_timestamp(?) AND as_of < to_timestamp(?))
            SELECT big, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
                   percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS p99, max(ms)
            FROM rows GROUP BY big ORDER BY big DESC
            """;

    private final EmbeddedPostgres postgres;
    private final RawTopicWriter writer;
    private final int rate;
    private final int seconds;
    private final int tenants;
    private final int[] sent;
    private final SplittableRandom random = new SplittableRandom(7);
    private int others;

    private ViewLatency(
            EmbeddedPostgres postgres, RawTopicWriter writer, int rate, int seconds, int tenants) {
        this.postgres = postgres;
        this.writer = writer;
        this.rate = rate;
        this.seconds = seconds;
        this.tenants = tenants;
        this.sent = new int[tenants];
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        int rate = all.isEmpty() ? 1_000 : Integer.parseInt(all.get(0));
        int seconds = all.size() > 1 ? Integer.parseInt(all.get(1)) : 60;
        int tenants = all.size() > 2 ? Integer.parseInt(all.get(2)) : 10;
        int parallelism = all.size() > 3 ? Integer.parseInt(all.get(3)) : 2;
        Path directory = Files.createTempDirectory("view-latency");
        WorkDir workDir = WorkDir.create(directory.resolve("work"));
        try (BrokerProcess broker = BrokerProcess.start();
                EmbeddedPostgres postgres = stamping(workDir)) {
            broker.admin()
                    .createTopics(List.of(new NewTopic(RAW, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            Map<String, String> settings = ViewSpeed.allStores(workDir, broker, postgres);
            settings.put("input.bounded", "false");
            all.stream()
                    .skip(4)
                    .map(each -> each.split("=", 2))
                    .forEach(each -> settings.put(each[0], each[1]));
            JobClient job =
                    new PipelineJobs(broker.bootstrapServers(), directory.resolve("checkpoints"))
                            .product(RAW, "views", parallelism, settings);
            try (RawTopicWriter writer =
                    new RawTopicWriter(broker.bootstrapServers(), Map.of(), RAW)) {
                new ViewLatency(postgres, writer, rate, seconds, tenants).run();
            }
            job.cancel().get(1, TimeUnit.MINUTES);
        } finally {
            WorkDir.create(directory).wipe("work");
            WorkDir.create(directory).wipe("checkpoints");
        }
        System.exit(0);
    }

    /** A server that knows when each of its transactions was committed. */
    private static EmbeddedPostgres stamping(WorkDir workDir) throws SQLException {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(workDir, Ports.any());
                Connection connection = first.connect(EmbeddedPostgres.ADMIN);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET track_commit_timestamp = on");
        }
        return EmbeddedPostgres.start(workDir, Ports.any());
    }

    /** What comes each second: of the first tenant, and of all others together. */
    private record Load(String name, int big, int others) {}

    private void run() throws Exception {
        int alike = rate / tenants;
        int tenth = rate / 10;
        send(new Load("warming up", alike, rate - alike), WARM_UP_SECONDS);
        measure(new Load("all tenants alike", alike, rate - alike));
        measure(new Load("one tenant silent", 0, tenth));
        measure(new Load("the same with nine tenths", rate - tenth, tenth));
    }

    private void measure(Load load) throws Exception {
        send(load, SETTLE_SECONDS);
        long from = System.currentTimeMillis();
        send(load, seconds);
        long to = System.currentTimeMillis();
        System.out.printf(
                "%s: %,d/s of one tenant, %,d/s of %d others, %d s; load of the machine %.1f%n",
                load.name(),
                load.big(),
                load.others(),
                tenants - 1,
                seconds,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        awaitRows();
        print(from, to);
    }

    /** Sends at the rate, by the clock of when each record was to be sent. */
    private void send(Load load, int forSeconds) {
        long start = System.currentTimeMillis();
        int perSecond = load.big() + load.others();
        for (int i = 0; i < perSecond * forSeconds; i++) {
            long due = start + 1_000L * i / perSecond;
            long early = due - System.currentTimeMillis();
            if (early > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(early));
            }
            sendOne(load, i, due);
        }
    }

    /** Of each tenant new records and changes alternate, changed by Zipf's law. */
    private void sendOne(Load load, int number, long due) {
        boolean isBig = Math.floorMod(number * 31, load.big() + load.others()) < load.big();
        int tenant = isBig ? 0 : 1 + others++ % (tenants - 1);
        int known = (sent[tenant] + 1) / 2;
        boolean isNew = sent[tenant]++ % 2 == 0;
        int key = isNew ? known : (int) Math.exp(random.nextDouble() * Math.log(known));
        ChangingRecords.send(writer, "tenant-" + tenant, Math.min(key, known), due);
    }

    /** Waits until all records are rows, and then as long as a change may need. */
    private void awaitRows() throws Exception {
        long expected = IntStream.of(sent).mapToLong(each -> (each + 1) / 2).sum();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (rows() < expected) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The job does not keep up with this rate.");
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
    }

    private long rows() throws SQLException {
        try (Connection connection = postgres.connect(EmbeddedPostgres.ADMIN);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(ROWS)) {
            found.next();
            return found.getLong(1);
        }
    }

    private void print(long from, long to) throws SQLException {
        try (Connection connection = postgres.connect(EmbeddedPostgres.ADMIN);
                PreparedStatement query = connection.prepareStatement(LATENCIES)) {
            query.setDouble(1, from / 1e3);
            query.setDouble(2, to / 1e3);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    System.out.printf(
                            "  %-10s %,7d rows: p50 %,.0f ms, p99 %,.0f ms, longest %,.0f ms%n",
                            found.getBoolean(1) ? "the one" : "the others",
                            found.getLong(2),
                            found.getDouble(3),
                            found.getDouble(4),
                            found.getDouble(5));
                }
            }
        }
    }
}
