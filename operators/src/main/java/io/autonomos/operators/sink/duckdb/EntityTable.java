package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * The SQL of one entity: its table {@code canonical_<entity>}, the view {@code <entity>_current}
 * without deleted rows, and the merge that keeps the newest version of each record.
 */
final class EntityTable implements FileTable {

    private static final List<String> KEY = List.of("tenant", "connection", "stream", "record_id");
    private static final List<String> VERSION =
            List.of("event_time", "position", "mapping_version", "event_id");

    private final EntitySchema schema;
    private final Columns columns = new Columns();

    EntityTable(EntitySchema schema) {
        this.schema = schema;
        KEY.forEach(name -> columns.add(name, "VARCHAR"));
        columns.add("event_id", "VARCHAR");
        columns.add("event_time", "TIMESTAMPTZ");
        columns.add("position", "BIGINT");
        columns.add("deleted", "BOOLEAN");
        columns.add("mapping", "VARCHAR");
        columns.add("mapping_version", "INTEGER");
        for (EntityField field : schema.fields()) {
            columns.add(field.name(), field.type().duckDbType());
        }
        columns.add("extras", "JSON");
    }

    EntitySchema schema() {
        return schema;
    }

    @Override
    public String key() {
        return schema.name();
    }

    @Override
    public String stagingName() {
        return "staging_" + schema.name();
    }

    @Override
    public String createStaging() {
        return "CREATE TABLE " + stagingName() + definition();
    }

    @Override
    public String model() {
        return columns.model(definition());
    }

    @Override
    public List<String> mend() {
        List<String> statements = new ArrayList<>(columns.addTo(table()));
        statements.add(createView());
        return statements;
    }

    @Override
    public List<String> create() {
        return List.of("CREATE TABLE " + table() + definition(), createView());
    }

    private String createView() {
        return "CREATE OR REPLACE VIEW %s.%s_current AS SELECT %s FROM canonical_%s WHERE NOT deleted"
                .formatted(
                        FILE,
                        schema.name(),
                        Columns.list("", without(List.of("deleted"))),
                        schema.name());
    }

    /**
     * Inserts what is new and replaces what is older, by the rule of {@link EventVersions}. The
     * older rows are deleted, after which a staged row whose record is still there is no newer.
     */
    @Override
    public List<String> merge() {
        String names = Columns.list("", columns.names());
        String same =
                KEY.stream()
                        .map(name -> "kept." + name + " = staged." + name)
                        .collect(Collectors.joining(" AND "));
        String delete =
                """
                DELETE FROM %s AS kept USING %s AS staged WHERE %s
                AND CASE WHEN staged.event_id = kept.event_id
                  THEN staged.mapping_version > kept.mapping_version
                  ELSE (%s) > (%s) END"""
                        .formatted(
                                table(),
                                stagingName(),
                                same,
                                Columns.list("staged.", VERSION),
                                Columns.list("kept.", VERSION));
        String insert =
                "INSERT INTO %s (%s) SELECT %s FROM %s AS staged ANTI JOIN %s AS kept ON %s"
                        .formatted(table(), names, names, stagingName(), table(), same);
        return List.of(delete, insert);
    }

    @Override
    public void append(TenantRow row, DuckDBAppender to) throws SQLException {
        RowAppender.append(row.event(), schema, to);
    }

    private List<String> without(List<String> some) {
        return columns.names().stream().filter(name -> !some.contains(name)).toList();
    }

    private String table() {
        return FILE + ".canonical_" + schema.name();
    }

    private String definition() {
        return " (" + columns.definition() + ")";
    }
}
