package io.autonomos.benchmarks;

import io.autonomos.jobs.stack.EmbeddedPostgres;
import io.autonomos.jobs.stack.Ports;
import io.autonomos.jobs.stack.WorkDir;
import io.autonomos.operators.sink.postgres.PostgresLoads;
import io.autonomos.operators.sink.postgres.PostgresSettings;
import io.autonomos.schemas.CanonicalEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * The PostgreSQL sink against a bare loader that has the rows ready and writes them with the same
 * statements: {@code PostgresSpeed [ROWS [ROUNDS [BATCH]]]}. Rounds are interleaved; each loads new
 * rows into empty tables and then newer versions of all of them.
 */
public final class PostgresSpeed {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String BATCH_SIZE = "postgres.sink.batch-size";
    private static final int VERSIONS = 2;

    private final EmbeddedPostgres postgres;
    private final int rows;
    private final int rounds;
    private final int batch;

    private PostgresSpeed(EmbeddedPostgres postgres, int rows, int rounds, int batch) {
        this.postgres = postgres;
        this.rows = rows;
        this.rounds = rounds;
        this.batch = batch;
    }

    /** A way to load one batch. */
    private interface Load<T> {
        void load(List<T> rows) throws Exception;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int batch = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        Path directory = Files.createTempDirectory("postgres-speed");
        WorkDir workDir = WorkDir.create(directory.resolve("work"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(workDir, Ports.any())) {
            PostgresSpeed speed = new PostgresSpeed(postgres, rows, rounds, batch);
            for (boolean eventLog : new boolean[] {false, true}) {
                speed.measure(speed.settings(workDir, eventLog));
            }
        } finally {
            WorkDir.create(directory).wipe("work");
        }
    }

    private PostgresSettings settings(WorkDir workDir, boolean eventLog) {
        Map<String, String> settings =
                Map.of(
                        "postgres.url", postgres.jdbcUrl(),
                        "postgres.user", EmbeddedPostgres.WRITER,
                        "postgres.password", password(workDir, EmbeddedPostgres.WRITER),
                        "postgres.migration.user", EmbeddedPostgres.ADMIN,
                        "postgres.migration.password", password(workDir, EmbeddedPostgres.ADMIN),
                        "postgres.sink.event-log", Boolean.toString(eventLog));
        Configuration config = Configuration.fromMap(settings);
        if (batch > 0) {
            config.setString(BATCH_SIZE, Integer.toString(batch));
        }
        return PostgresSettings.from(config);
    }

    private static String password(WorkDir workDir, String role) {
        return "${file:" + EmbeddedPostgres.passwordFile(workDir, role) + "}";
    }

    private void measure(PostgresSettings settings) throws Exception {
        List<List<CanonicalEvent>> events = events(settings.batchSize());
        List<List<PostgresLoads.Rows>> ready =
                events.stream()
                        .map(each -> each.stream().map(PostgresLoads::rows).toList())
                        .toList();
        List<Double> clock = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        try (PostgresLoads loads = new PostgresLoads(settings);
                Connection admin = postgres.connect(EmbeddedPostgres.ADMIN)) {
            for (int round = 0; round <= rounds; round++) {
                loads.clear(admin);
                double[] bare = time(ready, loads::bare);
                loads.clear(admin);
                double[] sink = time(events, loads::sink);
                boolean counts = round > 0; // the first round warms up
                System.out.printf(
                        "%s: bare %.0f rows/s and %.1f us of its thread a row, sink %.0f and %.1f,"
                                + " ratio %.2f%s%n",
                        settings.eventLog() ? "with the event log" : "tables only",
                        rows * VERSIONS / bare[0],
                        bare[1] * 1e6 / (rows * VERSIONS),
                        rows * VERSIONS / sink[0],
                        sink[1] * 1e6 / (rows * VERSIONS),
                        bare[0] / sink[0],
                        counts ? "" : " (to warm up)");
                if (counts) {
                    clock.add(bare[0] / sink[0]);
                    processor.add((sink[1] - bare[1]) * 1e6 / (rows * VERSIONS));
                }
            }
        }
        System.out.printf(
                "%s, batches of %d: median ratio %.2f; the sink's thread takes %.1f us a row more%n",
                settings.eventLog() ? "with the event log" : "tables only",
                settings.batchSize(),
                Medians.of(clock),
                Medians.of(processor));
    }

    private List<List<CanonicalEvent>> events(int batchSize) {
        SampleEvents samples = new SampleEvents();
        List<List<CanonicalEvent>> batches = new ArrayList<>();
        for (int version = 0; version < VERSIONS; version++) {
            for (int from = 0; from < rows; from += batchSize) {
                int count = Math.min(batchSize, rows - from);
                batches.add(samples.of("acme", from, count, version));
            }
        }
        return batches;
    }

    /** Seconds on the clock, and of this thread's processor time. */
    private static <T> double[] time(List<List<T>> batches, Load<T> load) throws Exception {
        long clock = System.nanoTime();
        long processor = THREADS.getCurrentThreadCpuTime();
        for (List<T> each : batches) {
            load.load(each);
        }
        return new double[] {
            (System.nanoTime() - clock) / 1e9,
            (THREADS.getCurrentThreadCpuTime() - processor) / 1e9,
        };
    }
}
