package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingEvents.event;
import static io.autonomos.operators.sink.duckdb.TestingWriterContext.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try") // writers are closed here, and locks only held
class DuckDbWriterTest {

    private static final String ACME = "acme";
    private static final String GLOBEX = "globex";
    private static final String NAMES = "SELECT name FROM account_current ORDER BY record_id";
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir private Path directory;
    private TestingFiles files;
    private TestingWriterContext context;

    @BeforeEach
    void open() {
        files = new TestingFiles(directory);
        context = new TestingWriterContext();
    }

    @AfterEach
    void close() {
        context.close();
        files.close();
    }

    @Test
    void eventsReachTheirFilesWhileCheckpointsGoOn() throws Exception {
        try (var writer = writer(settings(Duration.ofMillis(50), 100, NEVER))) {
            write(writer, account(ACME, 1), account(GLOBEX, 1));
            context.handleMailUntil(() -> rows(writer.snapshotState(1)).isEmpty());

            assertThat(hasRows(ACME, 1) && hasRows(GLOBEX, 1)).isTrue();
        }
    }

    @Test
    void eventsReachTheirFilesWithoutCheckpointsToo() throws Exception {
        try (var writer = writer(settings(Duration.ofMillis(20), 100, NEVER))) {
            write(writer, account(ACME, 1));

            context.handleMailUntil(() -> hasRows(ACME, 1));
        }
        assertThat(files.rows(ACME, NAMES)).containsExactly("name 1");
    }

    @Test
    void theEndOfInputWaitsForEveryEvent() throws Exception {
        try (var writer = writer(settings(NEVER, 100, NEVER))) {
            write(writer, account(ACME, 1), account(GLOBEX, 1), account(ACME, 2));

            writer.flush(true);

            assertThat(files.rows(ACME, NAMES)).containsExactly("name 1", "name 2");
            assertThat(files.rows(GLOBEX, NAMES)).containsExactly("name 1");
            assertThat(rows(writer.snapshotState(1))).isEmpty();
        }
    }

    @Test
    void aCheckpointHoldsWhatIsInNoFileYetAndTouchesNoFile() throws Exception {
        try (var writer = writer(settings(NEVER, 10_000, NEVER))) {
            for (int i = 0; i < 1_000; i++) {
                write(writer, account("tenant-" + i, 1));
            }

            writer.flush(false);
            List<TenantRows> state = writer.snapshotState(1);

            assertThat(state).hasSize(1_000);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void aRestoreBeforeTheMergeLosesNothing() throws Exception {
        List<TenantRows> state;
        try (var writer = writer(settings(NEVER, 100, NEVER))) {
            write(writer, account(ACME, 1), account(ACME, 2));
            state = writer.snapshotState(1);
        }
        assertThat(directory).isEmptyDirectory();

        try (var restored = restore(settings(NEVER, 100, NEVER), throughBytes(state))) {
            restored.flush(true);
        }

        assertThat(files.rows(ACME, NAMES)).containsExactly("name 1", "name 2");
    }

    @Test
    void aRestoreAfterTheMergeDoublesNothing() throws Exception {
        List<TenantRows> state;
        try (var writer = writer(settings(NEVER, 100, NEVER))) {
            write(writer, account(ACME, 1), account(ACME, 2));
            state = writer.snapshotState(1);
            write(writer, account(ACME, 3));
            writer.flush(true);
        }
        List<String> before = files.rows(ACME, "FROM canonical_account ORDER BY record_id");

        try (var restored = restore(settings(NEVER, 100, NEVER), throughBytes(state))) {
            write(restored, account(ACME, 3)); // replayed
            restored.flush(true);
        }

        assertThat(files.rows(ACME, "FROM canonical_account ORDER BY record_id"))
                .isEqualTo(before)
                .hasSize(3);
    }

    @Test
    void aCheckpointDuringAMergeHoldsWhatIsBeingMerged() throws Exception {
        TestingMergeThread thread = new TestingMergeThread();
        DuckDbSettings settings = settings(Duration.ofMillis(1), 100, NEVER);
        try (var writer = writer(settings, thread)) {
            write(writer, account(ACME, 1));
            context.handleMailUntil(() -> thread.waiting() == 1);
            write(writer, account(ACME, 2));

            List<TenantRows> state = writer.snapshotState(1);

            assertThat(rows(state))
                    .extracting(row -> row.event().recordId())
                    .containsExactly("1", "2");
            assertThat(thread.waiting()).as("merges at once").isEqualTo(1);
        }
    }

    @Test
    void aHalfFullBufferMergesTheLargestTenantAndAFullOneWaits() throws Exception {
        TestingMergeThread thread = new TestingMergeThread();
        try (var writer = writer(settings(NEVER, 7, NEVER), thread)) {
            write(writer, account(ACME, 1), account(GLOBEX, 1), account(GLOBEX, 2));
            assertThat(thread.waiting()).as("below half").isZero();
            write(writer, account(ACME, 2), account(GLOBEX, 3), account(GLOBEX, 4));
            write(writer, account(GLOBEX, 5));
            assertThat(thread.waiting()).as("above half, does not wait").isEqualTo(1);

            new Thread(() -> runWhenAsked(thread)).start();
            write(writer, account(ACME, 3));

            assertThat(hasRows(ACME, 2) || hasRows(GLOBEX, 2)).as("merged").isTrue();
        }
    }

    @Test
    void theBoundHoldsUnderLoad() throws Exception {
        try (var writer = writer(settings(NEVER, 20, NEVER))) {
            for (int i = 0; i < 400; i++) {
                write(writer, account("tenant-" + i % 10, i));
                assertThat(rows(writer.snapshotState(i))).hasSizeLessThanOrEqualTo(20);
            }
            writer.flush(true);
        }
        for (int tenant = 0; tenant < 10; tenant++) {
            assertThat(hasRows("tenant-" + tenant, 40)).isTrue();
        }
    }

    @Test
    void aHeldFileHoldsUpNoOtherTenant() throws Exception {
        files.merge(account(ACME, 1));
        try (var writer = writer(settings(Duration.ofMillis(5), 100, NEVER))) {
            TenantFileLock lock = TenantFileLock.forReader(files.reader.file(ACME), "somebody");
            try (lock) {
                write(writer, account(ACME, 2), account(GLOBEX, 1));
                context.handleMailUntil(() -> hasRows(GLOBEX, 1));
            }

            writer.flush(true);
        }
        assertThat(files.rows(ACME, NAMES)).containsExactly("name 1", "name 2");
    }

    @Test
    void givesUpWhenAFileIsHeldForLongerThanAllowed() throws Exception {
        Files.createDirectories(directory);
        TenantFileLock lock = TenantFileLock.forReader(files.reader.file(ACME), "somebody");
        try (lock;
                var writer = writer(settings(NEVER, 100, Duration.ofMillis(100)))) {
            write(writer, account(ACME, 1));

            assertThatThrownBy(() -> writer.flush(true))
                    .hasStackTraceContaining("duckdb.lock-wait")
                    .hasStackTraceContaining("AOS-703")
                    .hasStackTraceContaining("acme.duckdb is held by somebody");
        }
    }

    @Test
    void aDiskThatFailsIsTriedAgain() throws Exception {
        Files.createDirectory(files.reader.file(ACME)); // DuckDB cannot open a folder
        try (var writer = writer(settings(NEVER, 100, Duration.ofMillis(100)))) {
            write(writer, account(ACME, 1));

            assertThatThrownBy(() -> writer.flush(true))
                    .hasStackTraceContaining("duckdb.lock-wait")
                    .hasStackTraceContaining("AOS-704");
        }
    }

    @Test
    void twoSubtasksWithStateOfOneTenantTakeTurns() throws Exception {
        List<Callable<Void>> subtasks = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            List<CanonicalEvent> share = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                share.add(account(ACME, 1_000 * subtask + i));
            }
            subtasks.add(() -> runSubtask(share));
        }

        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (Future<Void> each : pool.invokeAll(subtasks)) {
                each.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(hasRows(ACME, 400)).isTrue();
    }

    private Void runSubtask(List<CanonicalEvent> share) throws Exception {
        try (TestingWriterContext own = new TestingWriterContext();
                var writer =
                        new DuckDbSink(settings(Duration.ofMillis(1), 10, NEVER))
                                .restoreWriter(
                                        own,
                                        List.of(
                                                new TenantRows(
                                                        ACME,
                                                        1,
                                                        share.subList(0, 9).stream()
                                                                .map(TenantRow::of)
                                                                .toList())))) {
            write(writer, share.toArray(CanonicalEvent[]::new));
            writer.flush(true);
        }
        return null;
    }

    private static void runWhenAsked(TestingMergeThread thread) {
        while (thread.waiting() == 0) {
            Thread.onSpinWait();
        }
        thread.runNext();
    }

    private boolean hasRows(String tenant, int count) throws Exception {
        return files.reader.counts(tenant).getOrDefault("account", 0L) == count;
    }

    private StatefulSinkWriter<TenantRow, TenantRows> writer(DuckDbSettings settings)
            throws IOException {
        return new DuckDbSink(settings).createWriter(context);
    }

    private StatefulSinkWriter<TenantRow, TenantRows> restore(
            DuckDbSettings settings, List<TenantRows> state) throws IOException {
        return new DuckDbSink(settings).restoreWriter(context, state);
    }

    private StatefulSinkWriter<TenantRow, TenantRows> writer(
            DuckDbSettings settings, ExecutorService thread) throws IOException {
        TenantMerger merger =
                new TenantMerger(
                        directory, settings.memoryBytes(), EntityModel.shipped(), "a test");
        return new DuckDbWriter(settings, merger, thread, context, RestoredRows.none());
    }

    private static List<TenantRows> throughBytes(List<TenantRows> state) throws IOException {
        TenantRowsSerializer serializer = new TenantRowsSerializer();
        List<TenantRows> back = new ArrayList<>();
        for (TenantRows piece : state) {
            back.add(serializer.deserialize(2, serializer.serialize(piece)));
        }
        return back;
    }

    private static List<TenantRow> rows(List<TenantRows> state) {
        return state.stream().flatMap(piece -> piece.rows().stream()).toList();
    }

    private DuckDbSettings settings(Duration commitInterval, int bufferEvents, Duration lockWait) {
        return new DuckDbSettings(
                directory.toString(),
                commitInterval,
                bufferEvents,
                64 << 20,
                lockWait,
                Duration.ofMillis(5),
                128 << 20);
    }

    private static CanonicalEvent account(String tenant, int id) {
        return event("account", String.valueOf(id))
                .tenant(tenant)
                .with("name", "name " + id)
                .build();
    }
}
