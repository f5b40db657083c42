package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.CanonicalEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Adds events to {@code canonical_events}; one that is there already changes nothing. */
final class EventLogStatement {

    static final String SQL =
            "INSERT INTO canonical_events (tenant, event_id, entity, connection, stream, record_id, op,"
                    + " event_time, position, mapping, mapping_version, event)"
                    + " SELECT s.tenant, s.event_id, s.entity, s.connection, s.stream, s.record_id, s.op,"
                    + " s.event_time, s.position, s.mapping, s.mapping_version, s.event::json"
                    + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS s (tenant, event_id, entity,"
                    + " connection, stream, record_id, op, event_time, position, mapping,"
                    + " mapping_version, event)"
                    + " ON CONFLICT (tenant, event_id, mapping_version) DO NOTHING";

    static final List<String> TYPES =
            List.of(
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "timestamptz",
                    "bigint",
                    "text",
                    "integer",
                    "json");

    private final ArrayStatement<CanonicalEvent> statement =
            new ArrayStatement<>(SQL, TYPES, EventLogStatement::fill);

    long execute(Connection connection, List<CanonicalEvent> events) throws SQLException {
        return statement.execute(connection, events);
    }

    private static void fill(CanonicalEvent event, List<PostgresArray> arrays) {
        arrays.get(0).addText(event.key().tenant());
        arrays.get(1).addText(event.id());
        arrays.get(2).addText(event.entity());
        arrays.get(3).addText(event.key().connection());
        arrays.get(4).addText(event.key().stream());
        arrays.get(5).addText(event.recordId());
        arrays.get(6).addText(event.op());
        arrays.get(7).addTimestamp(event.eventTime());
        arrays.get(8).addLong(event.position());
        arrays.get(9).addText(event.mapping());
        arrays.get(10).addInt(event.mappingVersion());
        arrays.get(11).addText(event.json(), 0, event.json().length);
    }
}
