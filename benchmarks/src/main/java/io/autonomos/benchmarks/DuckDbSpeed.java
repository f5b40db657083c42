package io.autonomos.benchmarks;

import io.autonomos.operators.sink.duckdb.DuckDbLoads;
import io.autonomos.schemas.CanonicalEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the DuckDB sink costs: rows against a bare loader, one commit by its size, and a thousand
 * tenants. Times are processor milliseconds of the one thread that does it all.
 */
public final class DuckDbSpeed {

    private static final int ROWS = 200_000;
    private static final int BATCH = 25_000; // what half a full buffer holds
    private static final int ROUNDS = 5;
    private static final int TENANTS = 1_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SampleEvents samples = new SampleEvents();

    private DuckDbSpeed() {}

    /** A piece of work. */
    private interface Work {
        void run() throws Exception;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("duckdb-speed");
        try {
            DuckDbSpeed speed = new DuckDbSpeed();
            speed.againstBareLoader(directory);
            speed.commits(directory);
            speed.manyTenants(directory);
        } finally {
            delete(directory);
        }
    }

    private void againstBareLoader(Path directory) throws Exception {
        List<List<CanonicalEvent>> events = new ArrayList<>();
        List<List<Object[]>> rows = new ArrayList<>();
        for (int from = 0; from < ROWS; from += BATCH) {
            events.add(samples.of("acme", from, BATCH, 0));
            rows.add(events.get(events.size() - 1).stream().map(DuckDbLoads::row).toList());
        }
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Path own = Files.createDirectory(directory.resolve("round-" + round));
            double bare = cpu(() -> DuckDbLoads.bare(own, rows));
            double sink;
            try (DuckDbLoads loads = new DuckDbLoads(own)) {
                sink =
                        cpu(
                                () -> {
                                    for (List<CanonicalEvent> batch : events) {
                                        loads.commit(batch);
                                    }
                                });
            }
            ratios[round] = bare / sink;
            System.out.printf(
                    "%d rows: bare %.1f, sink %.1f us a row, ratio %.2f%n",
                    ROWS, 1_000 * bare / ROWS, 1_000 * sink / ROWS, ratios[round]);
        }
        System.out.printf("median ratio %.2f%n", median(ratios));
    }

    private void commits(Path directory) throws Exception {
        try (DuckDbLoads loads = new DuckDbLoads(directory)) {
            int has = 0;
            for (int wanted : new int[] {10_000, 1_000_000}) {
                for (; has < wanted; has += 10_000) {
                    loads.commit(samples.of("globex", has, 10_000, 0));
                }
                for (int size : new int[] {1, 100, 10_000}) {
                    double[] costs = new double[ROUNDS];
                    for (int round = 0; round < ROUNDS; round++) {
                        int version = wanted + size + round; // always newer
                        List<CanonicalEvent> updates = samples.of("globex", 77, size, version);
                        costs[round] = cpu(() -> loads.commit(updates));
                    }
                    System.out.printf(
                            "file of %d rows: a commit of %d updates %.1f ms%n",
                            wanted, size, median(costs));
                }
            }
        }
    }

    private void manyTenants(Path directory) throws Exception {
        try (DuckDbLoads loads = new DuckDbLoads(directory)) {
            for (int round = 0; round < 2; round++) {
                int version = round;
                double all =
                        cpu(
                                () -> {
                                    for (int tenant = 0; tenant < TENANTS; tenant++) {
                                        loads.commit(samples.of("t-" + tenant, 0, 20, version));
                                    }
                                });
                System.out.printf(
                        "%d tenants of 20 rows, %s: %.1f ms each%n",
                        TENANTS, round == 0 ? "new files" : "updates", all / TENANTS);
            }
        }
    }

    private static double cpu(Work work) throws Exception {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
