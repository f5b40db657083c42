package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.ViewParts;
import io.autonomos.schemas.model.EntityField;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Brings changes of unified rows into the table of their entity; one change per row at most. */
final class ViewStatement {

    private static final int FIRST_FIELD = 2;

    private final List<EntityField> fields;
    private final ArrayStatement<ViewChange> upsert;
    private final ArrayStatement<ViewChange> delete;

    ViewStatement(ViewTable table) {
        fields = table.entity().fields();
        List<String> types = table.columns().stream().map(Column::type).toList();
        upsert = new ArrayStatement<>(table.upsert(), types, this::fill);
        delete =
                new ArrayStatement<>(
                        table.delete(), List.of("text", "text"), ViewStatement::fillKey);
    }

    long execute(Connection connection, List<ViewChange> changes) throws SQLException {
        List<ViewChange> rows = new ArrayList<>(changes.size());
        List<ViewChange> gone = new ArrayList<>();
        for (ViewChange change : changes) {
            (change.isDelete() ? gone : rows).add(change);
        }
        long changed = 0;
        if (!gone.isEmpty()) {
            changed += delete.execute(connection, gone);
        }
        if (!rows.isEmpty()) {
            changed += upsert.execute(connection, rows);
        }
        return changed;
    }

    private static void fillKey(ViewChange change, List<PostgresArray> arrays) {
        arrays.get(0).addText(change.tenant());
        arrays.get(1).addText(change.id());
    }

    private void fill(ViewChange change, List<PostgresArray> arrays) {
        fillKey(change, arrays);
        FieldArrays.add(change, fields, arrays, FIRST_FIELD);
        ViewParts parts = ViewParts.of(change);
        int at = FIRST_FIELD + fields.size();
        arrays.get(at).addText(parts.links());
        arrays.get(at + 1).addText(parts.provenance());
        arrays.get(at + 2).addText(parts.conflicts());
        arrays.get(at + 3).addInt(parts.schemaVersion());
        arrays.get(at + 4).addTimestamp(change.eventTime());
    }
}
