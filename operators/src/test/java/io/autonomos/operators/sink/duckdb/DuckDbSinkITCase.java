package io.autonomos.operators.sink.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingEvents;
import io.autonomos.operators.TestingViews;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.TenantRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DuckDbSinkITCase {

    private static final int TENANTS = 40;
    private static final int RECORDS = 50;
    private static final int EVENTS = 16_600;
    private static final int FAILURES = 3;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path directory;

    @Test
    void aJobThatFailsInTheMiddleNeitherLosesNorDoubles() throws Exception {
        FailingEvents.failures.set(0);
        StreamExecutionEnvironment env = environment();
        env.fromSequence(0, EVENTS - 1)
                .map(new FailingEvents())
                .map(TenantRow::of)
                .returns(TenantRow.class)
                .keyBy(TenantRow::tenant)
                .sinkTo(new DuckDbSink(settings()))
                .uid("sink-duckdb");

        env.execute();

        assertThat(FailingEvents.failures).hasValue(FAILURES);
        try (TestingFiles files = new TestingFiles(directory)) {
            assertThat(files.reader.files()).hasSize(TENANTS);
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                assertThat(
                                files.rows(
                                        "tenant-" + tenant,
                                        "SELECT count(*), count(DISTINCT record_id),"
                                                + " min(position) FROM account_current"))
                        .isEqualTo(expected(tenant));
            }
        }
    }

    @Test
    void aJobThatFailsInTheMiddleEndsInTheLastChangeOfEachUnifiedRow() throws Exception {
        FailingEvents.failures.set(0);
        StreamExecutionEnvironment env = environment();
        env.fromSequence(0, EVENTS - 1)
                .setParallelism(1) // the changes of a row come in order
                .map(new FailingEvents())
                .setParallelism(1)
                .map(DuckDbSinkITCase::change)
                .returns(TenantRow.class)
                .setParallelism(1)
                .keyBy(TenantRow::tenant)
                .sinkTo(new DuckDbSink(settings()))
                .uid("sink-duckdb");

        env.execute();

        assertThat(FailingEvents.failures).hasValue(FAILURES);
        try (TestingFiles files = new TestingFiles(directory)) {
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                assertThat(
                                files.rows(
                                        "tenant-" + tenant,
                                        "SELECT count(*), count(DISTINCT id), min(as_of) FROM"
                                                + " (SELECT id, epoch_us(as_of) AS as_of FROM dcl_account)"))
                        .isEqualTo(expectedRows(tenant));
            }
        }
    }

    /** Every seventh change takes the record's row away; the next one brings it back. */
    private static TenantRow change(CanonicalEvent event) {
        TestingViews row =
                TestingViews.row("account", event.recordId())
                        .tenant(event.key().tenant())
                        .at(event.eventTime());
        boolean gone = event.position() / TENANTS / RECORDS % 7 == 1;
        return TenantRow.of(gone ? row.gone() : row.with("name", "x").build());
    }

    private static List<String> expectedRows(int tenant) {
        Map<Long, Long> rows = new HashMap<>();
        for (long i = tenant; i < EVENTS; i += TENANTS) {
            rows.put(i / TENANTS % RECORDS, 1_000_000 + i);
            if (i / TENANTS / RECORDS % 7 == 1) {
                rows.remove(i / TENANTS % RECORDS);
            }
        }
        return List.of(rows.size() + "|" + rows.size() + "|" + Collections.min(rows.values()));
    }

    private static StreamExecutionEnvironment environment() {
        Configuration config =
                Configuration.fromMap(
                        Map.of(
                                "pipeline.generic-types", "false",
                                "pipeline.object-reuse", "true",
                                "execution.checkpointing.interval", "100 ms",
                                "restart-strategy.type", "fixed-delay",
                                "restart-strategy.fixed-delay.attempts", "10",
                                "restart-strategy.fixed-delay.delay", "10 ms"));
        return StreamExecutionEnvironment.getExecutionEnvironment(config).setParallelism(2);
    }

    /** Every record once, each in its last version. */
    private static List<String> expected(int tenant) {
        long lowest = Long.MAX_VALUE;
        for (int record = 0; record < RECORDS; record++) {
            long last = 0;
            for (long i = 0; i < EVENTS; i++) {
                if (i % TENANTS == tenant && i / TENANTS % RECORDS == record) {
                    last = i;
                }
            }
            lowest = Math.min(lowest, last);
        }
        return List.of(RECORDS + "|" + RECORDS + "|" + lowest);
    }

    private DuckDbSettings settings() {
        return new DuckDbSettings(
                directory.toString(),
                Duration.ofMillis(50),
                500,
                16 << 20,
                Duration.ofMinutes(1),
                Duration.ofMillis(10),
                128 << 20);
    }

    /** Makes events, and fails after some checkpoints. */
    private static final class FailingEvents
            implements MapFunction<Long, CanonicalEvent>, CheckpointListener {

        private static final long serialVersionUID = 1L;
        private static final AtomicInteger failures = new AtomicInteger();

        @Override
        public CanonicalEvent map(Long number) {
            LockSupport.parkNanos(1); // leaves time for checkpoints
            long record = number / TENANTS % RECORDS;
            return TestingEvents.event("account", "r" + record)
                    .tenant("tenant-" + number % TENANTS)
                    .at(1_000_000 + number, number)
                    .with("name", "name " + number)
                    .build();
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (checkpointId % 3 == 0 && failures.get() < FAILURES) {
                failures.incrementAndGet();
                throw new IllegalStateException("A failure for the test.");
            }
        }
    }
}
