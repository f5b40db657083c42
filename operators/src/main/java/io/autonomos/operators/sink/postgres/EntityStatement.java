package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.EntityField;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Writes events to the table of their entity, guarded by version. */
final class EntityStatement {

    private final List<EntityField> fields;
    private final ArrayStatement<CanonicalEvent> statement;

    EntityStatement(EntityTable table) {
        fields = table.entity().fields();
        List<String> types = table.columns().stream().map(EntityTable.Column::type).toList();
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
        for (EntityField field : fields) {
            PostgresArray array = arrays.get(offset + field.index());
            if (deleted || !EventValues.isPresent(event, field)) {
                array.addNull();
            } else {
                add(event, field, array);
            }
        }
    }

    private static void add(CanonicalEvent event, EntityField field, PostgresArray into) {
        byte[] json = event.json();
        int start = event.values()[2 * field.index()];
        int end = event.values()[2 * field.index() + 1];
        switch (field.type()) {
            case INTEGER -> into.addLong(EventValues.integer(event, field));
            case BOOLEAN -> into.addBoolean(json[start] == 't');
            case TIMESTAMP -> into.addTimestamp(micros(EventValues.timestamp(event, field)));
            case TEXT_MAP -> into.addText(json, start, end);
            case TEXT_LIST -> into.addText(listLiteral(EventValues.textList(event, field)));
            case DECIMAL, DATE, TEXT -> addToken(event, field, into);
        }
    }

    /** Copies a token's bytes without making a text of them, unless something in it is escaped. */
    private static void addToken(CanonicalEvent event, EntityField field, PostgresArray into) {
        byte[] json = event.json();
        int start = event.values()[2 * field.index()];
        int end = event.values()[2 * field.index() + 1];
        if (json[start] != '"') {
            into.addText(json, start, end);
            return;
        }
        for (int i = start + 1; i < end - 1; i++) {
            if (json[i] == '\\') {
                into.addText(EventValues.text(event, field));
                return;
            }
        }
        into.addText(json, start + 1, end - 1);
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    /** A list in PostgreSQL's text form, each element quoted, so that NULL and commas are text. */
    static String listLiteral(List<String> texts) {
        StringBuilder literal = new StringBuilder(64).append('{');
        for (String text : texts) {
            if (literal.length() > 1) {
                literal.append(',');
            }
            literal.append('"');
            for (int i = 0; i < text.length(); i++) {
                char each = text.charAt(i);
                if (each == '"' || each == '\\') {
                    literal.append('\\');
                }
                literal.append(each);
            }
            literal.append('"');
        }
        return literal.append('}').toString();
    }
}
