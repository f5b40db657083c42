package io.autonomos.jobs.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.operators.sink.duckdb.DuckDbReader;
import io.autonomos.schemas.StreamKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Accounts of one tenant on the raw topic, and what the stores made of them. */
final class TestingFeed implements AutoCloseable {

    private static final StreamKey ACCOUNTS = new StreamKey("acme", "crm", "Account");
    private static final long EMITTED_AT = 1_700_000_000_000L;

    private final WorkDir workDir;
    private final StackPorts ports;
    private final TopicReader reader;
    private final LedgerBook ledger = new LedgerBook();

    TestingFeed(WorkDir workDir) {
        this.workDir = workDir;
        this.ports = new ProcessStack(workDir).ports();
        this.reader = new TopicReader(ports.bootstrapServers(), Map.of());
    }

    /** Sends the accounts with these numbers. */
    void send(int from, int to) {
        try (RawTopicWriter writer =
                new RawTopicWriter(ports.bootstrapServers(), Map.of(), "autonomos.raw")) {
            for (int n = from; n < to; n++) {
                String json =
                        ("{\"Id\":\"0015f%010dAAA\",\"IsDeleted\":false,\"Name\":\"Account %d\","
                                        + "\"SystemModstamp\":\"2024-01-13T17:35:59.904+0000\"}")
                                .formatted(n, n);
                writer.send(ACCOUNTS, "salesforce", null, null, EMITTED_AT, json.getBytes(UTF_8));
            }
        }
    }

    /** What the ledger says came in so far. */
    long in() {
        ledger.refresh(reader, "autonomos");
        return ledger.sum(entry -> entry.in());
    }

    /** The ledger's residual, and what each store holds. */
    Map<String, Long> outcome() throws Exception {
        Map<String, Long> outcome = new TreeMap<>();
        outcome.put("in", in());
        outcome.put("residual", ledger.sum(entry -> entry.residual()));
        outcome.put("dead letters", messages("autonomos.dead-letter"));
        outcome.put("kafka", messages("autonomos.canonical.account"));
        outcome.put("postgres", rows("canonical_account"));
        outcome.put("postgres events", rows("canonical_events"));
        outcome.put(
                "duckdb",
                new DuckDbReader(workDir.duckdb(), Duration.ofSeconds(20))
                        .counts("acme")
                        .getOrDefault("account", 0L));
        return outcome;
    }

    /** Committed messages, each counted as often as it is there. */
    private long messages(String topic) {
        AtomicLong count = new AtomicLong();
        try (TopicReader fresh = new TopicReader(ports.bootstrapServers(), Map.of())) {
            fresh.read(Pattern.compile(Pattern.quote(topic)), message -> count.incrementAndGet());
        }
        return count.get();
    }

    private long rows(String table) throws Exception {
        String password =
                Secrets.readOrCreate(
                        EmbeddedPostgres.passwordFile(workDir, EmbeddedPostgres.WRITER));
        try (Connection connection =
                        DriverManager.getConnection(
                                ports.jdbcUrl(), EmbeddedPostgres.WRITER, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
