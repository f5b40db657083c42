package io.autonomos.jobs.verify;

import io.autonomos.operators.sink.GraphTable;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Reads the rows of a table or view: every column as text, times as epoch microseconds. Names come
 * from the product alone.
 */
final class SqlRows {

    /** An expression of the store's SQL, and how its text becomes the same in all stores. */
    private record Cell(String expression, UnaryOperator<String> canonical) {

        static Cell text(String expression) {
            return new Cell(expression, UnaryOperator.identity());
        }

        String select() {
            return "CAST(" + expression + " AS varchar)";
        }

        String read(ResultSet row, int at) throws SQLException {
            String text = row.getString(at);
            return text == null ? null : canonical.apply(text);
        }
    }

    private final Relation relation;
    private final String table;
    private final List<Cell> ids;
    private final List<Cell> columns;

    private SqlRows(Relation relation, String table, List<Cell> ids, List<Cell> columns) {
        this.relation = relation;
        this.table = table;
        this.ids = ids;
        this.columns = columns;
    }

    /**
     * @param micros makes the expression of a time's epoch microseconds in the store's SQL
     */
    static SqlRows of(Relation relation, UnaryOperator<String> micros) {
        List<Cell> id = List.of(Cell.text("id"));
        if (relation instanceof Relation.Rows rows) {
            List<Cell> columns = cells(rows.entity(), micros);
            return new SqlRows(relation, "dcl_" + relation.name(), id, columns);
        }
        if (relation instanceof Relation.Graph graph) {
            return new SqlRows(relation, relation.name(), id, cells(graph.table()));
        }
        Relation.Aggregate aggregate = (Relation.Aggregate) relation;
        List<Cell> groups = aggregate.view().groups().stream().map(Cell::text).toList();
        List<Cell> figures =
                aggregate.columns().stream()
                        .map(each -> new Cell(each, Canonical::number))
                        .toList();
        return new SqlRows(relation, relation.name(), groups, figures);
    }

    private static List<Cell> cells(EntitySchema entity, UnaryOperator<String> micros) {
        List<Cell> cells = new ArrayList<>();
        for (EntityField field : entity.fields()) {
            String name = '"' + field.name() + '"';
            FieldType type = field.type();
            String expression =
                    switch (type) {
                        case TIMESTAMP -> micros.apply(name);
                        case TEXT_LIST -> "to_json(" + name + ")";
                        default -> name;
                    };
            cells.add(new Cell(expression, text -> Canonical.value(type, text)));
        }
        for (String set : List.of("links", "provenance", "conflicts")) {
            cells.add(new Cell(set, Canonical::set));
        }
        cells.add(Cell.text("schema_version"));
        cells.add(Cell.text(micros.apply("as_of")));
        return cells;
    }

    private static List<Cell> cells(GraphTable table) {
        return table.columns().stream()
                .skip(GraphTable.KEY)
                .map(each -> new Cell(each.name(), text -> Canonical.value(each.type(), text)))
                .toList();
    }

    /** The table or view that is read. */
    String table() {
        return table;
    }

    String select() {
        List<Cell> all = new ArrayList<>(ids);
        all.addAll(columns);
        return all.stream()
                .map(Cell::select)
                .collect(Collectors.joining(", ", "SELECT tenant, ", " FROM " + table));
    }

    RowImage read(ResultSet row) throws SQLException {
        int at = 2;
        List<String> id = new ArrayList<>();
        for (Cell each : ids) {
            id.add(each.read(row, at++));
        }
        List<String> values = new ArrayList<>();
        for (Cell each : columns) {
            values.add(each.read(row, at++));
        }
        ViewKey key = new ViewKey(row.getString(1), relation.name());
        boolean isOne = !(relation instanceof Relation.Aggregate);
        return new RowImage(key, isOne ? id.get(0) : Canonical.write(id), values);
    }
}
