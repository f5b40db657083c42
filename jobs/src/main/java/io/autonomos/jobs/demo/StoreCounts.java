package io.autonomos.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.TopicReader;
import io.autonomos.operators.sink.duckdb.DuckDbReader;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Live rows per entity in each store, deleted records left out; and pairs that may be one. */
final class StoreCounts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private StoreCounts() {}

    /** Rows of the views of current records, over all tenants. */
    static Map<String, Long> postgres(Connection connection) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (EntitySchema entity : EntityModel.shipped().entities()) {
                String sql =
                        "SELECT count(*) FROM canonical_" + entity.name() + " WHERE NOT deleted";
                try (ResultSet rows = statement.executeQuery(sql)) {
                    rows.next();
                    put(counts, entity.name(), rows.getLong(1));
                }
            }
        }
        return counts;
    }

    /** How many pairs of rows wait for a person to say whether they are one, by tenant. */
    static Map<String, Long> mergeCandidates(Connection connection) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        String sql =
                "SELECT tenant, count(*) FROM merge_candidates WHERE status = 'pending'"
                        + " GROUP BY tenant";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                put(counts, rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    /** Rows of all tenants' files. */
    static Map<String, Long> duckDb(Path directory) throws IOException, InterruptedException {
        Map<String, Long> counts = new TreeMap<>();
        DuckDbReader reader = new DuckDbReader(directory, PATIENCE);
        for (String tenant : reader.files().keySet()) {
            reader.counts(tenant).forEach((entity, rows) -> put(counts, entity, rows));
        }
        return counts;
    }

    private static void put(Map<String, Long> counts, String what, long rows) {
        if (rows > 0) {
            counts.merge(what, rows, Long::sum);
        }
    }

    /** What a consumer of the canonical topics ends up with: the newest event of each record. */
    static final class KafkaRows {

        private record Latest(Instant time, boolean live) {}

        private final Map<String, Map<String, Latest>> records = new TreeMap<>();

        void refresh(TopicReader reader, String prefix) {
            reader.read(
                    Pattern.compile(Pattern.quote(prefix) + "\\.canonical\\..*"),
                    record -> apply(record.value()));
        }

        private void apply(byte[] value) {
            try {
                JsonNode event = JSON.readTree(value);
                JsonNode source = event.path("source");
                String id =
                        JSON.writeValueAsString(
                                new String[] {
                                    event.path("tenant").asText(),
                                    source.path("connection").asText(),
                                    source.path("stream").asText(),
                                    source.path("record_id").asText()
                                });
                Instant time = Instant.parse(event.path("event_time").asText());
                boolean live = event.path("op").asText().equals("upsert");
                records.computeIfAbsent(event.path("entity").asText(), e -> new HashMap<>())
                        .merge(
                                id,
                                new Latest(time, live),
                                (a, b) -> b.time().isBefore(a.time()) ? a : b);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Map<String, Long> counts() {
            Map<String, Long> counts = new TreeMap<>();
            records.forEach(
                    (entity, latest) ->
                            put(
                                    counts,
                                    entity,
                                    latest.values().stream().filter(Latest::live).count()));
            return counts;
        }
    }
}
