package io.autonomos.jobs.verify;

import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads unified rows from a table {@code dcl_<entity>}: every column as text, times as epoch
 * microseconds. Names come from the entity model alone.
 */
final class SqlRows {

    private final EntitySchema entity;
    private final String select;

    /**
     * @param micros makes the expression of a time's epoch microseconds in the store's SQL
     */
    SqlRows(EntitySchema entity, UnaryOperator<String> micros) {
        this.entity = entity;
        List<String> columns = new ArrayList<>(List.of("tenant", "id"));
        for (EntityField field : entity.fields()) {
            String name = '"' + field.name() + '"';
            columns.add(
                    switch (field.type()) {
                        case TIMESTAMP -> text(micros.apply(name));
                        case TEXT_LIST -> text("to_json(" + name + ")");
                        default -> text(name);
                    });
        }
        columns.addAll(
                List.of(
                        text("links"),
                        text("provenance"),
                        text("conflicts"),
                        text("schema_version"),
                        text(micros.apply("as_of"))));
        select = "SELECT " + String.join(", ", columns) + " FROM dcl_" + entity.name();
    }

    private static String text(String expression) {
        return "CAST(" + expression + " AS varchar)";
    }

    String select() {
        return select;
    }

    RowImage read(ResultSet row) throws SQLException {
        List<String> columns = new ArrayList<>();
        int at = 3;
        for (EntityField field : entity.fields()) {
            FieldType type = field.type();
            columns.add(Canonical.value(type, row.getString(at++)));
        }
        columns.add(Canonical.set(row.getString(at++)));
        columns.add(Canonical.set(row.getString(at++)));
        columns.add(Canonical.set(row.getString(at++)));
        columns.add(row.getString(at++));
        columns.add(row.getString(at));
        return new RowImage(
                new ViewKey(row.getString(1), entity.name()), row.getString(2), columns);
    }
}
