package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.CanonicalEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try") // writers are closed here, and locks only held
class OtherProcessTest {

    private static final String ACME = "acme";

    @TempDir private Path directory;
    @AutoClose private TestingFiles files;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        files = new TestingFiles(directory);
        files.merge(account(1));
        file = files.reader.file(ACME);
    }

    @Test
    void anotherProcessReadsBetweenCommitsAndACommitWaitsForIt() throws Exception {
        try (TestingWriterContext context = new TestingWriterContext();
                var writer = new DuckDbSink(settings()).createWriter(context)) {
            AtomicInteger tries = new AtomicInteger();
            try (TestingFileHolder reader = TestingFileHolder.reader(file)) {
                assertThat(reader.awaitHeld()).isEqualTo("1");
                TestingWriterContext.write(writer, account(2));
                context.handleMailUntil(
                        () -> {
                            writer.snapshotState(1);
                            return tries.incrementAndGet() > 20;
                        });
                assertThat(writer.snapshotState(2)).hasSize(1);
            }

            writer.flush(true);
        }
        assertThat(files.reader.counts(ACME)).containsEntry("account", 2L);
    }

    @Test
    void aFileOpenInAnotherProcessIsHeld() throws Exception {
        try (TestingFileHolder reader = TestingFileHolder.reader(file)) {
            reader.awaitHeld();

            assertThatThrownBy(() -> files.merge(account(2)))
                    .isInstanceOf(FileHeldException.class)
                    .hasMessageContaining("AOS-703")
                    .hasMessageContaining("acme.duckdb");
            assertThat(files.reader.counts(ACME)).as("readers share").containsEntry("account", 1L);
        }
        files.merge(account(2));
        assertThat(files.reader.counts(ACME)).containsEntry("account", 2L);
    }

    @Test
    void theSinkOfAnotherJobIsNamed() throws Exception {
        try (TestingFileHolder writer = TestingFileHolder.writer(file)) {
            writer.awaitHeld();

            assertThatThrownBy(() -> files.merge(account(2)))
                    .isInstanceOf(FileHeldException.class)
                    .hasMessageContaining("held by another job");
        }
        files.merge(account(2));
        assertThat(files.reader.counts(ACME)).containsEntry("account", 2L);
    }

    private DuckDbSettings settings() {
        return new DuckDbSettings(
                directory.toString(),
                Duration.ofMillis(5),
                100,
                1 << 20,
                Duration.ofMinutes(1),
                Duration.ofMillis(5),
                128 << 20);
    }

    private static CanonicalEvent account(int id) {
        return event("account", String.valueOf(id)).with("name", "name " + id).build();
    }
}
