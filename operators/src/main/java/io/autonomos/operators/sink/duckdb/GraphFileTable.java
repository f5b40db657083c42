package io.autonomos.operators.sink.duckdb;

import io.autonomos.operators.sink.GraphTable;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.messages.GraphChange;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** The SQL of the nodes or the edges of a tenant's graph, where a change replaces or deletes. */
final class GraphFileTable implements FileTable {

    private final GraphTable table;
    private final Columns columns = new Columns();

    GraphFileTable(GraphTable table) {
        this.table = table;
        table.columns().forEach(each -> columns.add(each.name(), each.type().duckDb()));
    }

    @Override
    public String key() {
        return table.tableName();
    }

    @Override
    public String stagingName() {
        return "staging_" + key();
    }

    @Override
    public String createStaging() {
        return "CREATE TABLE %s (%s)".formatted(stagingName(), columns.stagingDefinition());
    }

    @Override
    public String model() {
        return columns.model(columns.definition());
    }

    @Override
    public List<String> create() {
        return List.of("CREATE TABLE %s (%s)".formatted(inFile(), columns.definition()));
    }

    @Override
    public List<String> mend() {
        return columns.addTo(inFile());
    }

    @Override
    public List<String> merge() {
        return columns.replace(inFile(), stagingName());
    }

    @Override
    public void append(TenantRow row, DuckDBAppender to) throws SQLException {
        GraphChange change = row.graph();
        to.beginRow();
        for (GraphTable.GraphColumn column : table.columns()) {
            append(column.value().apply(change), to);
        }
        to.append(change.isDelete());
        to.endRow();
    }

    private static void append(Object value, DuckDBAppender to) throws SQLException {
        if (value == null) {
            to.appendNull();
        } else if (value instanceof Long number) {
            to.append(number.longValue());
        } else if (value instanceof Integer number) {
            to.append(number.intValue());
        } else if (value instanceof Double number) {
            to.append(number.doubleValue());
        } else {
            to.append(value.toString());
        }
    }

    private String inFile() {
        return FILE + "." + key();
    }
}
