package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.model.EntityField;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes events to the table of their entity, guarded by version. */
final class EntityStatement {

    private final List<EntityField> fields;
    private final ArrayStatement<CanonicalEvent> statement;

    EntityStatement(EntityTable table) {
        fields = table.entity().fields();
        List<String> types = table.columns().stream().map(Column::type).toList();
        statement = new ArrayStatement<>(table.upsert(), types, this::fill);
    }

    long execute(Connection connection, List<CanonicalEvent> events) throws SQLException {
        return statement.execute(connection, events);
    }

    private void fill(CanonicalEvent event, List<PostgresArray> arrays) {
        boolean deleted = event.isDelete();
        arrays.get(0).addText(event.key().tenant());
        arrays.get(1).addText(event.key().connection());
        arrays.get(2).addText(event.key().stream());
        arrays.get(3).addText(event.recordId());
        arrays.get(4).addText(event.id());
        arrays.get(5).addTimestamp(event.eventTime());
        arrays.get(6).addLong(event.position());
        arrays.get(7).addText(event.source());
        arrays.get(8).addText(event.mapping());
        arrays.get(9).addInt(event.mappingVersion());
        arrays.get(10).addBoolean(deleted);
        if (deleted || event.extrasStart() >= event.extrasEnd()) {
            arrays.get(11).addNull();
        } else {
            arrays.get(11).addText(event.json(), event.extrasStart(), event.extrasEnd());
        }
        int offset = EntityTable.ENVELOPE.size();
        if (deleted) {
            FieldArrays.addNulls(fields, arrays, offset);
        } else {
            FieldArrays.add(event, fields, arrays, offset);
        }
    }
}
