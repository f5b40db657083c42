package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes drift events to {@code drift_events}, one row each; an older count changes nothing. */
final class DriftBatch implements Batch<DriftEvent> {

    private final ArrayStatement<DriftEvent> statement =
            new Columns<DriftEvent>()
                    .text("tenant", DriftEvent::tenant)
                    .text("drift_id", DriftEvent::id)
                    .text("connection", DriftEvent::connection)
                    .text("source", DriftEvent::source)
                    .text("stream", DriftEvent::stream)
                    .text("severity", DriftEvent::severity)
                    .text("mapping", DriftEvent::mappingId)
                    .integer("mapping_version", DriftEvent::mappingVersion)
                    .bigint("records", DriftEvent::records)
                    .time("first_seen", DriftEvent::firstSeen)
                    .time("seen_at", DriftEvent::at)
                    .message("event", event -> event)
                    .statement(
                            "drift_events",
                            "(tenant, drift_id) DO UPDATE SET severity = EXCLUDED.severity,"
                                    + " records = EXCLUDED.records, seen_at = EXCLUDED.seen_at,"
                                    + " event = EXCLUDED.event"
                                    + " WHERE EXCLUDED.seen_at > t.seen_at");

    @Override
    public long write(Connection connection, List<DriftEvent> events) throws SQLException {
        return statement.execute(
                connection,
                PostgresRows.onePerKey(
                        events,
                        event -> List.of(event.tenant(), event.id()),
                        (a, b) -> b.at().isAfter(a.at()) ? b : a));
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
