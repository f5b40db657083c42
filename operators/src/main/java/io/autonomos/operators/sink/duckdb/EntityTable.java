package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, String> columns = new LinkedHashMap<>();

    EntityTable(EntitySchema schema) {
        this.schema = schema;
        KEY.forEach(name -> columns.put(name, "VARCHAR"));
        columns.put("event_id", "VARCHAR");
        columns.put("event_time", "TIMESTAMPTZ");
        columns.put("position", "BIGINT");
        columns.put("deleted", "BOOLEAN");
        columns.put("mapping", "VARCHAR");
        columns.put("mapping_version", "INTEGER");
        for (EntityField field : schema.fields()) {
            columns.put(field.name(), field.type().duckDbType());
        }
        columns.put("extras", "JSON");
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
        return Integer.toHexString(definition().hashCode()) + "-" + columns.size();
    }

    @Override
    public List<String> mend() {
        String table = FILE + ".canonical_" + schema.name();
        List<String> statements = new ArrayList<>();
        columns.forEach(
                (name, type) ->
                        statements.add(
                                "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s"
                                        .formatted(table, quoted(name), type)));
        statements.add(createView());
        return statements;
    }

    @Override
    public List<String> create() {
        String table = FILE + ".canonical_" + schema.name();
        return List.of("CREATE TABLE " + table + definition(), createView());
    }

    private String createView() {
        return "CREATE OR REPLACE VIEW %s.%s_current AS SELECT %s FROM canonical_%s WHERE NOT deleted"
                .formatted(
                        FILE,
                        schema.name(),
                        columns.keySet().stream()
                                .filter(name -> !name.equals("deleted"))
                                .map(EntityTable::quoted)
                                .collect(Collectors.joining(", ")),
                        schema.name());
    }

    /** Inserts what is new and replaces what is older, by the rule of {@link EventVersions}. */
    @Override
    public String merge() {
        List<String> names = columns.keySet().stream().toList();
        return """
                MERGE INTO %s.canonical_%s AS kept USING %s AS staged ON %s
                WHEN MATCHED AND CASE WHEN staged.event_id = kept.event_id
                  THEN staged.mapping_version > kept.mapping_version
                  ELSE (%s) > (%s) END
                THEN UPDATE SET %s
                WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"""
                .formatted(
                        FILE,
                        schema.name(),
                        stagingName(),
                        KEY.stream()
                                .map(name -> "kept." + name + " = staged." + name)
                                .collect(Collectors.joining(" AND ")),
                        list("staged.", VERSION),
                        list("kept.", VERSION),
                        names.stream()
                                .filter(name -> !KEY.contains(name))
                                .map(name -> quoted(name) + " = staged." + quoted(name))
                                .collect(Collectors.joining(", ")),
                        list("", names),
                        list("staged.", names));
    }

    @Override
    public void append(TenantRow row, DuckDBAppender to) throws SQLException {
        RowAppender.append(row.event(), schema, to);
    }

    private String definition() {
        return columns.entrySet().stream()
                .map(each -> quoted(each.getKey()) + " " + each.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String list(String prefix, List<String> names) {
        return names.stream().map(name -> prefix + quoted(name)).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
