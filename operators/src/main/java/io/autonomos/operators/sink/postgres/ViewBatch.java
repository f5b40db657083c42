package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Writes the last change of each unified row to its entity's table, with one statement for rows and
 * one for deletes per table.
 *
 * <p>Rows are ordered by their keys, so that what is written together stands together.
 */
final class ViewBatch implements Batch<ViewChange> {

    private static final Comparator<ViewChange> BY_KEY =
            Comparator.comparing(ViewChange::tenant).thenComparing(ViewChange::id);

    private final EntityModel model;
    private final Map<String, ViewStatement> statements = new HashMap<>();

    ViewBatch(EntityModel model) {
        this.model = model;
    }

    private record RowKey(String tenant, String id) {}

    @Override
    public long write(Connection connection, List<ViewChange> changes) throws SQLException {
        long changed = 0;
        for (Map.Entry<String, List<ViewChange>> each : last(changes).entrySet()) {
            changed += statement(each.getKey()).execute(connection, each.getValue());
        }
        return changed;
    }

    /** The last change of each row, by entity, ordered by key. */
    private static Map<String, List<ViewChange>> last(List<ViewChange> changes) {
        Map<String, Map<RowKey, ViewChange>> byEntity = new TreeMap<>();
        for (ViewChange change : changes) {
            byEntity.computeIfAbsent(change.entity(), name -> new LinkedHashMap<>())
                    .put(new RowKey(change.tenant(), change.id()), change);
        }
        Map<String, List<ViewChange>> last = new TreeMap<>();
        byEntity.forEach(
                (entity, rows) -> {
                    List<ViewChange> ordered = new ArrayList<>(rows.values());
                    ordered.sort(BY_KEY);
                    last.put(entity, ordered);
                });
        return last;
    }

    private ViewStatement statement(String entity) {
        ViewStatement statement = statements.get(entity);
        if (statement == null) {
            EntitySchema schema = model.entity(entity);
            if (schema == null) {
                throw new FlinkRuntimeException(
                        "%s: there is no view of the entity %s: this version's model does not have it."
                                .formatted(ErrorCode.STORE_SCHEMA.code(), entity));
            }
            statement = new ViewStatement(new ViewTable(schema));
            statements.put(entity, statement);
        }
        return statement;
    }

    @Override
    public int size(ViewChange change) {
        return change.json().length;
    }

    @Override
    public String name(ViewChange change) {
        return "a row of the view of %s, tenant %s, id %s"
                .formatted(change.entity(), change.tenant(), change.id());
    }
}
