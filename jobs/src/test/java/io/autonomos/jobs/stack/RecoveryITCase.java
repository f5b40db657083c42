package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.operators.sink.duckdb.DuckDbReader;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.messages.ViewRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real job on the stack of {@code up}, with a TaskManager that dies in mid-stream, after a
 * mapping version was published while it ran.
 */
class RecoveryITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RECORDS = 24_000;
    private static final int IDS = 3_000;
    private static final StreamKey ACME = new StreamKey("acme", "crm", "Opportunity");
    private static final StreamKey GLOBEX = new StreamKey("globex", "crm", "Opportunity");

    /** A third came before the version was published, two after it; half are of each tenant. */
    private static final Map<String, Integer> EXPECTED_MAPPINGS =
            Map.of(
                    "acme salesforce-opportunity no type", RECORDS / 2,
                    "globex salesforce-opportunity no type", RECORDS / 6,
                    "globex own-deals published", RECORDS / 3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void aKilledTaskManagerLosesAndDoublesNothingInAnyStore() throws Exception {
        try (TestingStack stack = TestingStack.start(directory.resolve("work dir"))) {
            stack.run("submit", "--parallelism", "2");
            LedgerBook ledger = new LedgerBook();
            try (TopicReader reader = new TopicReader(stack.bootstrapServers(), Map.of())) {
                produce(stack, 0, RECORDS / 3);
                await(stack, () -> in(ledger, reader) >= RECORDS / 3);
                publish(stack);

                produce(stack, RECORDS / 3, 2 * RECORDS / 3);
                stack.kill("taskmanager");
                produce(stack, 2 * RECORDS / 3, RECORDS);

                await(stack, () -> in(ledger, reader) >= RECORDS);
                assertThat(ledger.sum(LedgerEntry::in)).isEqualTo(RECORDS);
                assertThat(ledger.sum(LedgerEntry::canonical)).isEqualTo(RECORDS);
                assertThat(ledger.sum(LedgerEntry::residual)).isZero();
                List<ConsumerRecord<byte[], byte[]>> events = events(reader);
                assertThat(events)
                        .hasSize(RECORDS)
                        .extracting(RecoveryITCase::eventId)
                        .doesNotHaveDuplicates();
                assertThat(mappings(events)).isEqualTo(EXPECTED_MAPPINGS);
                await(stack, () -> inViews(ledger, reader) >= RECORDS);
                assertThat(ledger.sumOfViews(ViewAccount::canonical)).isEqualTo(RECORDS);
                assertThat(ledger.sumOfViews(ViewAccount::residual)).isZero();
                assertThat(views(reader)).isEqualTo(expectedRow());
            }
            try (Connection postgres = postgres(stack)) {
                String rows = "SELECT count(*), sum(amount) FROM canonical_opportunity";
                assertThat(row(postgres, rows)).isEqualTo(expectedRow());
                assertThat(row(postgres, "SELECT count(*), 0 FROM canonical_events"))
                        .isEqualTo(RECORDS + "/0");
            }
            await(stack, () -> duckDb(stack).equals(expectedRow()));
            assertThat(duckDb(stack)).isEqualTo(expectedRow());
        }
    }

    /** Every id's last amount is the highest number it was sent with. */
    private static String expectedRow() {
        long sum = 0;
        for (int i = RECORDS - IDS; i < RECORDS; i++) {
            sum += i;
        }
        return IDS + "/" + sum;
    }

    private void publish(TestingStack stack) throws IOException {
        Path file = directory.resolve("own-deals.yaml");
        Files.writeString(
                file,
                """
                mapping: own-deals
                extends: salesforce-opportunity
                fields:
                  type: {const: published}
                """);
        String told =
                stack.run(
                        "mappings publish",
                        "--tenant",
                        "globex",
                        "--connection",
                        "crm",
                        file.toString());
        assertThat(told).contains("is in effect");
    }

    /** How many events of each tenant each mapping made, and what type it gave them. */
    private static Map<String, Integer> mappings(List<ConsumerRecord<byte[], byte[]>> events) {
        Map<String, Integer> counts = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : events) {
            JsonNode event = json(record.value());
            String made =
                    "%s %s %s"
                            .formatted(
                                    event.path("tenant").asText(),
                                    event.at("/mapping/id").asText(),
                                    event.at("/data/type").asText("no type"));
            counts.merge(made, 1, Integer::sum);
        }
        return counts;
    }

    private static JsonNode json(byte[] message) {
        try {
            return JSON.readTree(message);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void produce(TestingStack stack, int from, int to) {
        try (RawTopicWriter writer =
                new RawTopicWriter(stack.bootstrapServers(), Map.of(), "autonomos.raw")) {
            for (int i = from; i < to; i++) {
                String json =
                        "{\"Id\":\"%d\",\"Name\":\"deal\",\"Amount\":%d,\"LastModifiedDate\":\"%s\"}"
                                .formatted(i % IDS, i, Instant.ofEpochSecond(1_700_000_000L + i));
                writer.send(
                        i % 2 == 0 ? ACME : GLOBEX,
                        "salesforce",
                        null,
                        null,
                        1_700_000_000_000L,
                        json.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static long in(LedgerBook ledger, TopicReader reader) {
        ledger.refresh(reader, "autonomos");
        return ledger.sum(LedgerEntry::in);
    }

    private static long inViews(LedgerBook ledger, TopicReader reader) {
        ledger.refresh(reader, "autonomos");
        return ledger.sumOfViews(ViewAccount::canonical);
    }

    /** How many unified rows there are, and the sum of their amounts. */
    private static String views(TopicReader reader) {
        Map<String, Long> amounts = new HashMap<>();
        reader.read(
                Pattern.compile("autonomos\\.view\\.opportunity"),
                record -> {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    try {
                        ViewRow row = MessageJson.read(ViewRow.class, record.value());
                        amounts.put(key, JSON.readTree(row.data()).path("amount").asLong());
                    } catch (IOException | MessageException e) {
                        throw new IllegalStateException(e);
                    }
                });
        return amounts.size() + "/" + amounts.values().stream().mapToLong(each -> each).sum();
    }

    private static List<ConsumerRecord<byte[], byte[]>> events(TopicReader reader) {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        reader.read("autonomos.canonical.opportunity", events::add);
        return events;
    }

    private static String eventId(ConsumerRecord<byte[], byte[]> event) {
        return new String(event.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }

    private static Connection postgres(TestingStack stack) throws Exception {
        Path password = EmbeddedPostgres.passwordFile(stack.workDir(), EmbeddedPostgres.ADMIN);
        return DriverManager.getConnection(
                stack.jdbcUrl(), EmbeddedPostgres.ADMIN, Files.readString(password).strip());
    }

    private static String duckDb(TestingStack stack) {
        long rows = 0;
        long sum = 0;
        DuckDbReader files = new DuckDbReader(stack.workDir().duckdb(), Duration.ofSeconds(10));
        try {
            for (Path file : files.files().values()) {
                String sql = "SELECT count(*), sum(amount)::BIGINT FROM canonical_opportunity";
                String[] row = files.query(file, statement -> row(statement, sql)).split("/");
                rows += Long.parseLong(row[0]);
                sum += Long.parseLong(row[1]);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return rows + "/" + sum;
    }

    private static String row(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return row(statement, sql);
        }
    }

    private static String row(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1) + "/" + result.getLong(2);
        }
    }

    private static void await(TestingStack stack, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("see the logs in " + stack.workDir().logs())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        }
    }
}
