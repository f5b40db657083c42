package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.CanonicalEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Adds events to {@code canonical_events}; one that is there already changes nothing. */
final class EventLogStatement {

    private static final Columns<CanonicalEvent> COLUMNS =
            new Columns<CanonicalEvent>()
                    .text("tenant", event -> event.key().tenant())
                    .text("event_id", CanonicalEvent::id)
                    .text("entity", CanonicalEvent::entity)
                    .text("connection", event -> event.key().connection())
                    .text("stream", event -> event.key().stream())
                    .text("record_id", CanonicalEvent::recordId)
                    .text("op", CanonicalEvent::op)
                    .micros("event_time", CanonicalEvent::eventTime)
                    .bigint("position", CanonicalEvent::position)
                    .text("mapping", CanonicalEvent::mapping)
                    .integer("mapping_version", CanonicalEvent::mappingVersion)
                    .of("event", "json", EventLogStatement::addJson);

    static final String SQL =
            COLUMNS.insert("canonical_events", "(tenant, event_id, mapping_version) DO NOTHING");

    static final List<String> TYPES = COLUMNS.types();

    private final ArrayStatement<CanonicalEvent> statement =
            new ArrayStatement<>(SQL, TYPES, COLUMNS::fill);

    long execute(Connection connection, List<CanonicalEvent> events) throws SQLException {
        return statement.execute(connection, events);
    }

    private static void addJson(CanonicalEvent event, PostgresArray array) {
        array.addText(event.json(), 0, event.json().length);
    }
}
