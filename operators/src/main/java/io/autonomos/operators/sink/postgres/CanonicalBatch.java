package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Writes canonical events: each to the event log, and the newest of each record to its entity's
 * table, with one statement per table.
 *
 * <p>Rows are ordered by their keys, so that two subtasks take locks in the same order.
 */
final class CanonicalBatch implements Batch<CanonicalEvent> {

    private static final Comparator<CanonicalEvent> BY_KEY =
            Comparator.comparing(CanonicalEvent::key).thenComparing(CanonicalEvent::recordId);
    private static final Comparator<CanonicalEvent> BY_ID =
            Comparator.<CanonicalEvent, String>comparing(event -> event.key().tenant())
                    .thenComparing(CanonicalEvent::id);
    private static final Comparator<CanonicalEvent> BY_VERSION =
            Comparator.comparingLong(CanonicalEvent::eventTime)
                    .thenComparingLong(CanonicalEvent::position)
                    .thenComparingInt(CanonicalEvent::mappingVersion)
                    .thenComparing(CanonicalEvent::id);

    private final EntityModel model;
    private final EventLogStatement eventLog;
    private final EventLogRetention retention;
    private final Map<String, EntityStatement> statements = new HashMap<>();

    CanonicalBatch(EntityModel model, boolean eventLog) {
        this(model, eventLog, null);
    }

    /**
     * @param kept how long events stay in the log, or null for ever
     */
    CanonicalBatch(EntityModel model, boolean eventLog, Duration kept) {
        this.model = model;
        this.eventLog = eventLog ? new EventLogStatement() : null;
        this.retention = kept == null ? null : new EventLogRetention(kept);
    }

    private record RecordKey(StreamKey stream, String recordId) {}

    @Override
    public long write(Connection connection, List<CanonicalEvent> events) throws SQLException {
        long changed = 0;
        if (eventLog != null) {
            List<CanonicalEvent> ordered = new ArrayList<>(events);
            ordered.sort(BY_ID);
            changed += eventLog.execute(connection, ordered);
        }
        if (retention != null) {
            retention.execute(connection, events.size());
        }
        for (Map.Entry<String, List<CanonicalEvent>> each : newest(events).entrySet()) {
            changed += statement(each.getKey()).execute(connection, each.getValue());
        }
        return changed;
    }

    /** The newest event of each record, by entity, ordered by key. */
    static Map<String, List<CanonicalEvent>> newest(List<CanonicalEvent> events) {
        Map<String, Map<RecordKey, CanonicalEvent>> byEntity = new TreeMap<>();
        for (CanonicalEvent event : events) {
            byEntity.computeIfAbsent(event.entity(), name -> new HashMap<>())
                    .merge(
                            new RecordKey(event.key(), event.recordId()),
                            event,
                            CanonicalBatch::newer);
        }
        Map<String, List<CanonicalEvent>> newest = new TreeMap<>();
        byEntity.forEach(
                (entity, records) -> {
                    List<CanonicalEvent> ordered = new ArrayList<>(records.values());
                    ordered.sort(BY_KEY);
                    newest.put(entity, ordered);
                });
        return newest;
    }

    /** The guard of {@link EntityTable#upsert()}, in memory. */
    private static CanonicalEvent newer(CanonicalEvent kept, CanonicalEvent next) {
        boolean wins =
                next.id().equals(kept.id())
                        ? next.mappingVersion() > kept.mappingVersion()
                        : BY_VERSION.compare(next, kept) > 0;
        return wins ? next : kept;
    }

    private EntityStatement statement(String entity) {
        EntityStatement statement = statements.get(entity);
        if (statement == null) {
            EntitySchema schema = model.entity(entity);
            if (schema == null) {
                throw new FlinkRuntimeException(
                        "%s: there is no table for the entity %s: this version's model does not have it."
                                .formatted(ErrorCode.STORE_SCHEMA.code(), entity));
            }
            statement = new EntityStatement(new EntityTable(schema));
            statements.put(entity, statement);
        }
        return statement;
    }

    @Override
    public int size(CanonicalEvent event) {
        return event.json().length;
    }

    @Override
    public String name(CanonicalEvent event) {
        return "an event of tenant/connection/stream %s, record %s, entity %s"
                .formatted(event.key().path(), event.recordId(), event.entity());
    }
}
