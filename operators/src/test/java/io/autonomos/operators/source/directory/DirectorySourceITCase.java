package io.autonomos.operators.source.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.source.SourceOptions;
import io.autonomos.operators.source.SourceSettings;
import io.autonomos.schemas.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // Flink's iterator declares InterruptedException on close
class DirectorySourceITCase {

    private static final int ROWS = 100_000;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path directory;

    @Test
    void aRestartInTheMiddleOfAFileNeitherLosesNorDoublesARecord() throws Exception {
        FailsOnceAfterACheckpoint.reset();
        StreamExecutionEnvironment env = environment();
        drop("acme/c/accounts_salesforce.csv", "Id,Name\n", 0, ROWS);
        Set<String> read = new HashSet<>();

        try (CloseableIterator<String> records =
                env.fromSource(
                                DirectorySources.raw(settings(Map.of())),
                                WatermarkStrategy.noWatermarks(),
                                "directory")
                        .map(new FailsOnceAfterACheckpoint())
                        .executeAndCollect()) {
            take(records, ROWS, read);
            drop("globex/c/contacts_hubspot.csv", "id,email\n", ROWS, ROWS + 10);
            take(records, 10, read);
        }

        assertThat(FailsOnceAfterACheckpoint.FAILED).isTrue();
        assertThat(read).hasSize(ROWS + 10).contains("acme 2 {\"Id\":\"0\",\"Name\":\"n\"}");
        assertThat(read).anyMatch(r -> r.startsWith("globex 11 {\"id\":\"100009\""));
    }

    @Test
    void aBoundedSourceEndsWithTheFilesThatAreThere() throws Exception {
        StreamExecutionEnvironment env = environment();
        drop("acme/c/accounts_salesforce.csv", "Id,Name\n", 0, 3);
        drop("acme/c/leads_salesforce.csv", "Id,Name\n", 3, 5);
        Set<String> read = new HashSet<>();

        try (CloseableIterator<RawRecord> records =
                env.fromSource(
                                DirectorySources.raw(settings(Map.of("input.bounded", "true"))),
                                WatermarkStrategy.noWatermarks(),
                                "directory")
                        .executeAndCollect()) {
            records.forEachRemaining(r -> read.add(r.key().path() + ":" + r.position()));
        }

        assertThat(read)
                .containsExactlyInAnyOrder(
                        "acme/c/accounts:2",
                        "acme/c/accounts:3",
                        "acme/c/accounts:4",
                        "acme/c/leads:2",
                        "acme/c/leads:3");
    }

    private static void take(CloseableIterator<String> records, int count, Set<String> into) {
        for (int i = 0; i < count; i++) {
            into.add(records.next());
        }
    }

    private static StreamExecutionEnvironment environment() {
        Configuration config = new Configuration();
        config.setString("pipeline.generic-types", "false");
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.enableCheckpointing(50);
        env.setParallelism(2);
        return env;
    }

    private SourceSettings settings(Map<String, String> more) {
        Configuration config = Configuration.fromMap(more);
        config.set(SourceOptions.DIRECTORY, directory.toUri().toString());
        config.set(SourceOptions.DISCOVERY_INTERVAL, Duration.ofMillis(200));
        return SourceSettings.from(config);
    }

    /** Writes under a temporary name and renames, as the rule asks for. */
    private void drop(String path, String header, int from, int to) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        String rows =
                IntStream.range(from, to).mapToObj(i -> i + ",n\n").collect(Collectors.joining());
        Files.writeString(temporary, header + rows);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Fails at the first record after the first checkpoint that had records before it. */
    private static final class FailsOnceAfterACheckpoint extends RichMapFunction<RawRecord, String>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;
        private static final AtomicBoolean FAILED = new AtomicBoolean();

        private long seen;
        private boolean due;

        static void reset() {
            FAILED.set(false);
        }

        @Override
        public String map(RawRecord raw) {
            seen++;
            if (due && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("planned failure");
            }
            return raw.key().tenant() + " " + raw.position() + " " + new String(raw.value(), UTF_8);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            due = seen > 0;
        }
    }
}
