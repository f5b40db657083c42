package io.autonomos.operators.sink.postgres;

import static io.autonomos.operators.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.CanonicalEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PostgresOutageTest {

    private static final Map<String, String> SMALL_BATCHES =
            Map.of("postgres.sink.batch-size", "10", "postgres.sink.give-up-after", "2 min");

    private final ExecutorService job = Executors.newSingleThreadExecutor();
    private TestingPostgres server;
    private TestingPostgres.Database database;

    @BeforeEach
    void startServer() {
        server = new TestingPostgres();
        database = server.migratedDatabase();
    }

    @AfterEach
    void stopServer() throws Exception {
        job.shutdownNow();
        assertThat(job.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        server.close();
    }

    @Test
    void aServerThatIsKilledInMidStreamLosesNothing() throws Exception {
        int events = 6_000;
        AtomicInteger sent = new AtomicInteger();
        Future<?> running =
                job.submit(
                        () -> {
                            try (var writer = writer(SMALL_BATCHES)) {
                                for (int i = 0; i < events; i++) {
                                    sent.incrementAndGet();
                                    writer.write(account(i % 1_000, i));
                                }
                                writer.checkpoint();
                            }
                            return null;
                        });
        for (int killAt : new int[] {500, 2_500, 4_500}) {
            await(sent, killAt);
            server.kill();
            assertThat(running.isDone()).isFalse();
            server.restart();
        }

        running.get(60, TimeUnit.SECONDS);

        assertThat(database.rows("SELECT count(*) FROM canonical_events"))
                .containsExactly(List.of(Integer.toString(events)));
        assertThat(
                        database.rows(
                                "SELECT count(*), min(position), max(position) FROM canonical_account"))
                .containsExactly(List.of("1000", "5000", "5999"));
    }

    @Test
    void aSinkThatStartsBeforeItsServerWaitsForIt() throws Exception {
        server.kill();
        AtomicInteger tries = new AtomicInteger();
        Future<?> running =
                job.submit(
                        () -> {
                            tries.incrementAndGet();
                            try (var writer = writer(SMALL_BATCHES)) {
                                writer.write(account(1, 1)).checkpoint();
                            }
                            return null;
                        });
        await(tries, 1);
        server.restart();

        running.get(60, TimeUnit.SECONDS);

        assertThat(database.rows("SELECT name FROM canonical_account"))
                .containsExactly(List.of("n1"));
    }

    @Test
    void aServerThatFallsSilentIsLeftAndFoundAgain() throws Exception {
        Map<String, String> impatient =
                Map.of("postgres.socket-timeout", "1 s", "postgres.connect-timeout", "1 s");
        try (var writer = writer(impatient)) {
            writer.write(account(1, 1)).checkpoint();
            server.freeze(true);
            Future<?> running = job.submit(() -> writer.write(account(1, 2)).checkpoint());
            assertThatThrownBy(() -> running.get(3, TimeUnit.SECONDS))
                    .isInstanceOf(TimeoutException.class);
            server.freeze(false);

            running.get(30, TimeUnit.SECONDS);
        }
        assertThat(database.rows("SELECT name FROM canonical_account"))
                .containsExactly(List.of("n2"));
    }

    @Test
    void aServerThatStaysDownFailsTheJobWithoutLoss() throws Exception {
        try (var writer = writer(Map.of("postgres.sink.give-up-after", "300 ms"))) {
            writer.write(account(1, 1));
            server.kill();

            assertThatThrownBy(writer::checkpoint)
                    .hasMessageContaining("AOS-704: PostgreSQL has not answered for")
                    .hasMessageContaining("postgres.sink.give-up-after");
        } finally {
            server.restart();
        }
    }

    @Test
    void aJobThatWaitsCanBeCancelledAndClosesAtOnce() throws Exception {
        AtomicInteger written = new AtomicInteger();
        Future<?> running =
                job.submit(
                        () -> {
                            try (var writer = writer(SMALL_BATCHES)) {
                                writer.write(account(1, 1));
                                server.kill();
                                written.incrementAndGet();
                                writer.checkpoint();
                            }
                            return null;
                        });
        await(written, 1);

        running.cancel(true);
        job.shutdown();

        assertThat(job.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        server.restart();
    }

    @Test
    void anotherTransactionsLockIsWaitedForAndADeadlockIsTriedAgain() throws Exception {
        try (var writer = writer(Map.of());
                var other = java.sql.DriverManager.getConnection(database.url(), "postgres", "")) {
            writer.write(account(1, 1), account(2, 1)).checkpoint();
            other.setAutoCommit(false);
            execute(other, "UPDATE canonical_account SET name = 'b' WHERE record_id = '2'");
            execute(other, "SET LOCAL deadlock_timeout = '1min'");
            Future<?> running =
                    job.submit(() -> writer.write(account(1, 2), account(2, 2)).checkpoint());
            awaitBlockedBackend();

            execute(other, "UPDATE canonical_account SET name = 'a' WHERE record_id = '1'");
            other.commit();

            running.get(30, TimeUnit.SECONDS);
        }
        assertThat(database.rows("SELECT name FROM canonical_account ORDER BY record_id"))
                .containsExactly(List.of("n2"), List.of("n2"));
    }

    private static void execute(java.sql.Connection connection, String sql)
            throws java.sql.SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitBlockedBackend() {
        while (database.rows("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static void await(AtomicInteger count, int atLeast) {
        while (count.get() < atLeast) {
            Thread.onSpinWait();
        }
    }

    private TestingWriter<CanonicalEvent> writer(Map<String, String> settings) throws Exception {
        return new TestingWriter<>(
                PostgresSink.canonicalEvents(database.settings(settings)), CanonicalEvent.class);
    }

    private static CanonicalEvent account(int recordId, int position) {
        return event("account", Integer.toString(recordId))
                .at(1_700_000_000_000_000L + position, position)
                .with("name", "n" + position)
                .build();
    }
}
