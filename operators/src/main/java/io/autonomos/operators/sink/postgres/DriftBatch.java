package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes drift events to {@code drift_events}, one row each; an older count changes nothing. */
final class DriftBatch implements Batch<DriftEvent> {

    private static final String SQL =
            "INSERT INTO drift_events AS t (tenant, drift_id, connection, source, stream, severity,"
                    + " mapping, mapping_version, records, first_seen, seen_at, event)"
                    + " SELECT s.a, s.b, s.c, s.d, s.e, s.f, s.g, s.h, s.i, s.j, s.k, s.l::json"
                    + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " AS s (a, b, c, d, e, f, g, h, i, j, k, l)"
                    + " ON CONFLICT (tenant, drift_id) DO UPDATE SET severity = EXCLUDED.severity,"
                    + " records = EXCLUDED.records, seen_at = EXCLUDED.seen_at,"
                    + " event = EXCLUDED.event WHERE EXCLUDED.seen_at > t.seen_at";

    private static final List<String> TYPES =
            List.of(
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "integer",
                    "bigint",
                    "timestamptz",
                    "timestamptz",
                    "json");

    private final ArrayStatement<DriftEvent> statement =
            new ArrayStatement<>(SQL, TYPES, DriftBatch::fill);

    @Override
    public long write(Connection connection, List<DriftEvent> events) throws SQLException {
        Map<List<String>, DriftEvent> latest = new TreeMap<>(PostgresRows.BY_TEXTS);
        for (DriftEvent event : events) {
            latest.merge(
                    List.of(event.tenant(), event.id()),
                    event,
                    (a, b) -> b.at().isAfter(a.at()) ? b : a);
        }
        return statement.execute(connection, new ArrayList<>(latest.values()));
    }

    private static void fill(DriftEvent event, List<PostgresArray> arrays) {
        arrays.get(0).addText(event.tenant());
        arrays.get(1).addText(event.id());
        arrays.get(2).addText(event.connection());
        arrays.get(3).addText(event.source());
        arrays.get(4).addText(event.stream());
        arrays.get(5).addText(event.severity());
        arrays.get(6).addText(event.mappingId());
        arrays.get(7).addInt(event.mappingVersion());
        arrays.get(8).addLong(event.records());
        arrays.get(9).addTimestamp(PostgresRows.micros(event.firstSeen()));
        arrays.get(10).addTimestamp(PostgresRows.micros(event.at()));
        PostgresRows.addJson(arrays.get(11), event);
    }

    @Override
    public int size(DriftEvent event) {
        return MessageJson.write(event).length;
    }

    @Override
    public String name(DriftEvent event) {
        return "drift event %s of tenant/connection/stream %s"
                .formatted(event.id(), event.key().path());
    }
}
