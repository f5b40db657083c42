package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.EntityField;
import java.util.List;

/** Adds the values of an entity's fields to the arrays of a statement. */
final class FieldArrays {

    private FieldArrays() {}

    /** Adds each field's value, or null, to the array that stands {@code offset} after its own. */
    static void add(
            EntityJson row, List<EntityField> fields, List<PostgresArray> arrays, int offset) {
        for (EntityField field : fields) {
            PostgresArray array = arrays.get(offset + field.index());
            if (EventValues.isPresent(row, field)) {
                add(row, field, array);
            } else {
                array.addNull();
            }
        }
    }

    /** Adds null for each field. */
    static void addNulls(List<EntityField> fields, List<PostgresArray> arrays, int offset) {
        for (EntityField field : fields) {
            arrays.get(offset + field.index()).addNull();
        }
    }

    private static void add(EntityJson row, EntityField field, PostgresArray into) {
        byte[] json = row.json();
        int start = row.values()[2 * field.index()];
        int end = row.values()[2 * field.index() + 1];
        switch (field.type()) {
            case INTEGER -> into.addLong(EventValues.integer(row, field));
            case BOOLEAN -> into.addBoolean(json[start] == 't');
            case TIMESTAMP -> into.addTimestamp(EventValues.timestamp(row, field));
            case TEXT_MAP -> into.addText(json, start, end);
            case TEXT_LIST -> into.addText(listLiteral(EventValues.textList(row, field)));
            case DECIMAL, DATE, TEXT -> addToken(row, field, into);
        }
    }

    /** Copies a token's bytes without making a text of them, unless something in it is escaped. */
    private static void addToken(EntityJson row, EntityField field, PostgresArray into) {
        byte[] json = row.json();
        int start = row.values()[2 * field.index()];
        int end = row.values()[2 * field.index() + 1];
        if (json[start] != '"') {
            into.addText(json, start, end);
            return;
        }
        for (int i = start + 1; i < end - 1; i++) {
            if (json[i] == '\\') {
                into.addText(EventValues.text(row, field));
                return;
            }
        }
        into.addText(json, start + 1, end - 1);
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
