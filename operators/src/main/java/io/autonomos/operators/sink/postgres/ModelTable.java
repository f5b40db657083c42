package io.autonomos.operators.sink.postgres;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that follows from the entity model.
 *
 * <p>Names come from the entity model alone, which allows lower-case letters, digits and
 * underscores.
 */
interface ModelTable {

    /** The column that the server fills: when the row was written. */
    String WRITTEN_AT = "written_at";

    /** The table's name. */
    String name();

    /** The columns that are written, in the order of the arrays that are sent. */
    List<Column> columns();

    /** The names of the key's columns, joined by commas. */
    String key();

    /** Creates the table where it is missing; its {@code fillfactor} leaves room for updates. */
    default String create() {
        return columns().stream()
                .map(Column::definition)
                .collect(
                        Collectors.joining(
                                ", ",
                                "CREATE TABLE IF NOT EXISTS " + name() + " (",
                                ", "
                                        + WRITTEN_AT
                                        + " timestamptz NOT NULL DEFAULT now(), PRIMARY KEY ("
                                        + key()
                                        + ")) WITH (fillfactor = 90)"));
    }

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

    /**
     * Creates a view. The reader's own rights count, so that row-level security holds in the view
     * too.
     */
    static List<String> view(String name, String query) {
        return List.of(
                "CREATE OR REPLACE VIEW %s WITH (security_invoker = true) AS ".formatted(name)
                        + query,
                "GRANT SELECT ON %s TO autonomos_reader, autonomos_writer".formatted(name));
    }
}
