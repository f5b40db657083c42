package io.autonomos.operators.sink.duckdb;

import io.autonomos.operators.sink.AgentViews;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * The SQL of an entity's unified rows: the table {@code dcl_<entity>} of live rows, the view {@code
 * dcl_<entity>_by_source} of the records behind them, and the merge, where a change replaces or
 * deletes its row.
 */
final class ViewTable implements FileTable {

    static final String PREFIX = "dcl_";

    private static final String LINK_TYPE =
            "[{\"connection\":\"VARCHAR\",\"source\":\"VARCHAR\",\"stream\":\"VARCHAR\","
                    + "\"record_id\":\"VARCHAR\",\"event_time\":\"TIMESTAMPTZ\"}]";

    private final EntitySchema schema;
    private final Columns columns = new Columns();

    ViewTable(EntitySchema schema) {
        this.schema = schema;
        columns.add("tenant", "VARCHAR");
        columns.add("id", "VARCHAR");
        for (EntityField field : schema.fields()) {
            columns.add(field.name(), field.type().duckDbType());
        }
        columns.add("links", "JSON");
        columns.add("provenance", "JSON");
        columns.add("conflicts", "JSON");
        columns.add("schema_version", "INTEGER");
        columns.add("as_of", "TIMESTAMPTZ");
    }

    /** One row per source record of all unified rows, of the tables with these keys. */
    static String createLinks(Iterable<String> keys) {
        List<String> parts = new ArrayList<>();
        for (String key : keys) {
            parts.add(links(key.substring(PREFIX.length())));
        }
        return "CREATE OR REPLACE VIEW %s.dcl_links AS %s"
                .formatted(FILE, String.join(" UNION ALL ", parts));
    }

    private static String links(String entity) {
        return "SELECT tenant, '%s' AS entity, id, unnest(from_json(links, '%s'), max_depth := 2) FROM %s%s"
                .formatted(entity, LINK_TYPE, PREFIX, entity);
    }

    @Override
    public String key() {
        return PREFIX + schema.name();
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
        return columns.model(columns.definition() + String.join("", agentViews()));
    }

    @Override
    public List<String> create() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE %s (%s)".formatted(table(), columns.definition()));
        statements.add(bySource());
        statements.addAll(agentViews());
        return statements;
    }

    @Override
    public List<String> mend() {
        List<String> statements = new ArrayList<>(columns.addTo(table()));
        statements.add(bySource());
        statements.addAll(agentViews());
        return statements;
    }

    /** The aggregates over these rows, as in PostgreSQL. */
    private List<String> agentViews() {
        return AgentViews.of(schema.name()).stream()
                .map(
                        view ->
                                "CREATE OR REPLACE VIEW %s.%s AS %s"
                                        .formatted(FILE, view.name(), view.query()))
                .toList();
    }

    /** The records of each source as that source has them, with the unified row they belong to. */
    private String bySource() {
        return "CREATE OR REPLACE VIEW %s.%s_by_source AS SELECT l.id, l.source, c.* FROM (%s) AS l"
                        .formatted(FILE, key(), links(schema.name()))
                + " JOIN %s_current AS c USING (connection, stream, record_id)"
                        .formatted(schema.name());
    }

    /** The last change of a row stands. */
    @Override
    public List<String> merge() {
        return columns.replace(table(), stagingName());
    }

    @Override
    public void append(TenantRow row, DuckDBAppender to) throws SQLException {
        RowAppender.append(row.change(), schema, to);
    }

    private String table() {
        return FILE + "." + key();
    }
}
