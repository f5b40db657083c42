package io.autonomos.operators.sink.postgres;

import java.util.List;

/**
 * A table that follows from the entity model.
 *
 * <p>Names come from the entity model alone, which allows lower-case letters, digits and
 * underscores.
 */
interface ModelTable {

    /** The table's name. */
    String name();

    /** The columns that are written, in the order of the arrays that are sent. */
    List<Column> columns();

    /** Creates the table where it is missing. */
    String create();

    /**
     * What follows once the table is as the model says.
     *
     * @param inOrder the table's columns as they stand
     */
    List<String> finish(List<String> inOrder);

    /** Adds a column that the table lacks. */
    default String addColumn(Column column) {
        return "ALTER TABLE " + name() + " ADD COLUMN IF NOT EXISTS " + column.definition();
    }

    /** A column and its type in PostgreSQL. */
    record Column(String name, String type, boolean required) {

        String quoted() {
            return '"' + name + '"';
        }

        String definition() {
            return quoted() + " " + type + (required ? " NOT NULL" : "");
        }
    }
}
