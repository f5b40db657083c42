package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingViews.row;
import static io.autonomos.operators.sink.duckdb.TestingWriterContext.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A change of a unified row has no version, so nothing may bring an older one after it. */
@Timeout(60)
@SuppressWarnings("try") // writers are closed here, and locks only held
class ViewOrderTest {

    private static final String ACME = "acme";
    private static final String NAMES = "SELECT id, name FROM dcl_contact ORDER BY id";
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir private Path directory;
    private final List<TestingWriterContext> contexts = new ArrayList<>();
    private TestingFiles files;

    @BeforeEach
    void open() {
        files = new TestingFiles(directory);
    }

    @AfterEach
    void close() {
        contexts.forEach(TestingWriterContext::close);
        files.close();
    }

    @Test
    void aChangeThatCameWhileItsFileWasHeldWins() throws Exception {
        Files.createDirectories(directory);
        TestingMergeThread thread = new TestingMergeThread();
        try (var writer = writer(thread)) {
            write(writer, contact("1", "Old"), contact("2", "Kept"));
            write(writer, contact("3", "x"), contact("4", "x"));
            assertThat(thread.waiting()).as("half full").isEqualTo(1);
            write(writer, contact("1", "New"), row("contact", "3").gone());
            try (TenantFileLock lock =
                    TenantFileLock.forReader(files.reader.file(ACME), "somebody")) {
                thread.runNext();
            }
            contexts.get(0).handleMailUntil(() -> thread.waiting() == 1); // it tries again
        }

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|New", "2|Kept", "4|x");
    }

    @Test
    void stateHoldsTheLastChangeOfARowOnlyAlsoDuringAMerge() {
        RowBuffer buffer = new RowBuffer(100, 1 << 20);
        buffer.add(TenantRow.of(contact("1", "Old")));
        buffer.add(TenantRow.of(contact("2", "Kept")));
        buffer.take(ACME);
        ViewChange last = contact("1", "New");
        buffer.add(TenantRow.of(last));

        List<TenantRows> state = buffer.snapshot(1 << 20, 1);

        assertThat(state.stream().flatMap(piece -> piece.rows().stream()).map(TenantRow::change))
                .extracting(ViewChange::id)
                .containsExactly("2", "1");
        assertThat(state.get(1).rows()).containsExactly(TenantRow.of(last));
    }

    @Test
    void afterAChangeOfParallelismNoOldChangeOvertakesANewOne() throws Exception {
        int owner =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        ACME, TestingWriterContext.MAX_SUBTASKS, 2);
        List<TenantRows> state;
        try (var before = writer(0, 1, null)) {
            write(before, contact("1", "Old"), contact("2", "Kept"));
            state = before.snapshotState(1);
        }

        // The new owner begins first, without state; the other one has the old rows.
        try (var mine = writer(owner, 2, List.of())) {
            write(mine, contact("1", "New"), contact("3", "x"), contact("4", "x"));
            write(mine, contact("5", "x"), contact("6", "x"), contact("7", "x"));
            write(mine, contact("8", "x"), contact("9", "x")); // beyond its bound
            assertThat(files.reader.file(ACME)).doesNotExist();

            try (var other = writer(1 - owner, 2, state)) {
                assertThat(files.rows(ACME, NAMES)).containsExactly("1|Old", "2|Kept");

                mine.snapshotState(2);
                other.snapshotState(2);
                mine.flush(true);
            }
        }

        assertThat(files.rows(ACME, NAMES)).startsWith("1|New", "2|Kept", "3|x").hasSize(9);
    }

    @Test
    void afterARestartWithTheSameParallelismNothingIsHeldBack() throws Exception {
        List<TenantRows> state;
        try (var before = writer(0, 1, null)) {
            state = before.snapshotState(1);
        }
        assertThat(state).containsExactly(TenantRows.none(1));

        try (var after = writer(0, 1, state)) {
            for (int i = 0; i < 100; i++) {
                write(after, contact("c" + i, "x")); // more than the buffer takes
            }
            after.flush(true);
        }

        assertThat(files.rows(ACME, "SELECT count(*) FROM dcl_contact")).containsExactly("100");
    }

    private StatefulSinkWriter<TenantRow, TenantRows> writer(TestingMergeThread thread)
            throws IOException {
        contexts.add(new TestingWriterContext());
        DuckDbSettings settings = settings();
        TenantMerger merger =
                new TenantMerger(
                        directory, settings.memoryBytes(), EntityModel.shipped(), "a test");
        return new DuckDbWriter(settings, merger, thread, contexts.get(0), RestoredRows.none());
    }

    private StatefulSinkWriter<TenantRow, TenantRows> writer(
            int subtask, int subtasks, List<TenantRows> restored) throws IOException {
        TestingWriterContext context = new TestingWriterContext(subtask, subtasks);
        contexts.add(context);
        DuckDbSink sink = new DuckDbSink(settings());
        return restored == null
                ? sink.createWriter(context)
                : sink.restoreWriter(context, restored);
    }

    private DuckDbSettings settings() {
        return new DuckDbSettings(
                directory.toString(), NEVER, 6, 64 << 20, NEVER, Duration.ofMillis(5), 128 << 20);
    }

    private static ViewChange contact(String id, String name) {
        return row("contact", id).with("name", name).build();
    }
}
