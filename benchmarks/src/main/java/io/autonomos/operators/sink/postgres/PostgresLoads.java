package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * Two ways to load opportunities into PostgreSQL: the sink's batches, and a bare loader that sends
 * rows of ready values, in the order they come, by the same statements.
 */
public final class PostgresLoads implements AutoCloseable {

    private static final EntityTable TABLE =
            new EntityTable(EntityModel.shipped().entity("opportunity"));

    private final PostgresConnections connections;
    private final BatchExecutor<CanonicalEvent> sink;
    private final ArrayStatement<Object[]> entity =
            new ArrayStatement<>(
                    TABLE.upsert(),
                    TABLE.columns().stream().map(Column::type).toList(),
                    PostgresLoads::fill);
    private final ArrayStatement<Object[]> log;

    /** One event's rows as ready values: in the entity's table, and in the event log or null. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never changed
    public record Rows(Object[] entity, Object[] log) {}

    /** Creates the tables and connects. */
    public PostgresLoads(PostgresSettings settings) {
        PostgresMigrations.migrate(settings);
        connections = new PostgresConnections(settings);
        sink =
                new BatchExecutor<>(
                        connections,
                        new CanonicalBatch(EntityModel.shipped(), settings.eventLog()),
                        new Patience("PostgreSQL", settings.giveUpAfter()),
                        new SinkCounters(UnregisteredMetricsGroup.createSinkWriterMetricGroup()));
        sink.connect();
        log =
                settings.eventLog()
                        ? new ArrayStatement<>(
                                EventLogStatement.SQL, EventLogStatement.TYPES, PostgresLoads::fill)
                        : null;
    }

    /** One batch of the sink and its commit. */
    public void sink(List<CanonicalEvent> events) {
        events.forEach(sink::addToBatch);
        sink.executeBatch();
    }

    /** One batch of ready rows and its commit. */
    public void bare(List<Rows> rows) throws SQLException {
        Connection connection = connections.getOrEstablishConnection();
        if (log != null) {
            log.execute(connection, rows.stream().map(Rows::log).toList());
        }
        entity.execute(connection, rows.stream().map(Rows::entity).toList());
        connection.commit();
    }

    /** The rows of an event. */
    public static Rows rows(CanonicalEvent event) {
        int extras = event.extrasEnd() - event.extrasStart();
        List<Object> row =
                new ArrayList<>(
                        List.of(
                                text(event.key().tenant()),
                                text(event.key().connection()),
                                text(event.key().stream()),
                                text(event.recordId()),
                                text(event.id()),
                                Instant.ofEpochSecond(0, event.eventTime() * 1_000),
                                event.position(),
                                text(event.source()),
                                text(event.mapping()),
                                event.mappingVersion(),
                                event.isDelete(),
                                text(
                                        new String(
                                                event.json(),
                                                event.extrasStart(),
                                                extras,
                                                StandardCharsets.UTF_8))));
        for (EntityField field : TABLE.entity().fields()) {
            row.add(value(event, field));
        }
        Object[] logged = {
            text(event.key().tenant()),
            text(event.id()),
            text(event.entity()),
            text(event.key().connection()),
            text(event.key().stream()),
            text(event.recordId()),
            text(event.op()),
            Instant.ofEpochSecond(0, event.eventTime() * 1_000),
            event.position(),
            text(event.mapping()),
            event.mappingVersion(),
            event.json()
        };
        return new Rows(row.toArray(), logged);
    }

    private static Object value(CanonicalEvent event, EntityField field) {
        if (!EventValues.isPresent(event, field)) {
            return null;
        }
        return switch (field.type()) {
            case TIMESTAMP -> EventValues.timestamp(event, field);
            case INTEGER -> EventValues.integer(event, field);
            case BOOLEAN -> EventValues.bool(event, field);
            default -> text(EventValues.text(event, field));
        };
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void fill(Object[] row, List<PostgresArray> arrays) {
        for (int i = 0; i < row.length; i++) {
            PostgresArray into = arrays.get(i);
            Object value = row[i];
            if (value == null) {
                into.addNull();
            } else if (value instanceof byte[] utf8) {
                into.addText(utf8, 0, utf8.length);
            } else if (value instanceof Instant instant) {
                into.addTimestamp(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
            } else if (value instanceof Long number) {
                into.addLong(number);
            } else if (value instanceof Integer number) {
                into.addInt(number);
            } else {
                into.addBoolean((Boolean) value);
            }
        }
    }

    /** Empties the tables. */
    public void clear(Connection admin) throws SQLException {
        try (var statement = admin.createStatement()) {
            statement.execute("TRUNCATE canonical_events, " + TABLE.name());
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public void close() {
        connections.closeConnection();
    }
}
