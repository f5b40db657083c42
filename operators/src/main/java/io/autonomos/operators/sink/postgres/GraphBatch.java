package io.autonomos.operators.sink.postgres;

import io.autonomos.operators.sink.GraphTable;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.MessageJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the last change of each node and edge to {@code graph_nodes} and {@code graph_edges}; what
 * is there already, as after a restart, is not written again.
 */
final class GraphBatch implements Batch<GraphChange> {

    private final Map<GraphTable, ArrayStatement<GraphChange>> upserts =
            new EnumMap<>(GraphTable.class);
    private final Map<GraphTable, ArrayStatement<GraphChange>> deletes =
            new EnumMap<>(GraphTable.class);

    GraphBatch() {
        for (GraphTable table : GraphTable.values()) {
            upserts.put(table, upsert(table));
            deletes.put(
                    table,
                    new ArrayStatement<>(
                            "DELETE FROM %s AS t USING unnest(?, ?) AS s (tenant, id)"
                                            .formatted(table.tableName())
                                    + " WHERE t.tenant = s.tenant AND t.id = s.id",
                            List.of("text", "text"),
                            (change, arrays) -> {
                                arrays.get(0).addText(change.tenant());
                                arrays.get(1).addText(change.id());
                            }));
        }
    }

    private static ArrayStatement<GraphChange> upsert(GraphTable table) {
        Columns<GraphChange> columns = new Columns<>();
        for (GraphTable.GraphColumn each : table.columns()) {
            columns.of(
                    each.name(),
                    each.type().postgres(),
                    (change, array) -> add(each.value().apply(change), array));
        }
        List<Column> others =
                table.columns().stream()
                        .skip(GraphTable.KEY)
                        .map(each -> new Column(each.name(), each.type().postgres(), false))
                        .toList();
        return columns.statement(
                table.tableName(),
                "(tenant, id) DO UPDATE SET %s, written_at = now()"
                                .formatted(Column.changes(others))
                        + " WHERE (%s) IS DISTINCT FROM (%s)"
                                .formatted(table.others("t."), table.others("EXCLUDED.")));
    }

    private static void add(Object value, PostgresArray array) {
        if (value == null) {
            array.addNull();
        } else if (value instanceof Long number) {
            array.addLong(number);
        } else if (value instanceof Integer number) {
            array.addInt(number);
        } else {
            array.addText(value.toString());
        }
    }

    @Override
    public long write(Connection connection, List<GraphChange> changes) throws SQLException {
        long changed = 0;
        for (GraphTable table : GraphTable.values()) {
            List<GraphChange> last =
                    PostgresRows.onePerKey(
                            changes.stream().filter(each -> GraphTable.of(each) == table).toList(),
                            change -> List.of(change.tenant(), change.id()),
                            (a, b) -> b);
            List<GraphChange> gone = last.stream().filter(GraphChange::isDelete).toList();
            List<GraphChange> rows = last.stream().filter(each -> !each.isDelete()).toList();
            if (!gone.isEmpty()) {
                changed += deletes.get(table).execute(connection, gone);
            }
            if (!rows.isEmpty()) {
                changed += upserts.get(table).execute(connection, rows);
            }
        }
        return changed;
    }

    @Override
    public int size(GraphChange change) {
        return MessageJson.write(change).length;
    }

    @Override
    public String name(GraphChange change) {
        return "the %s %s of the graph of tenant %s"
                .formatted(change.part(), change.id(), change.tenant());
    }
}
