package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of an entity's unified rows, {@code dcl_<entity>}: its columns and the statements that
 * create it and write to it. It holds live rows only.
 */
final class ViewTable implements ModelTable {

    private static final List<Column> KEY =
            List.of(new Column("tenant", "text", true), new Column("id", "text", true));

    private static final List<Column> ORIGINS =
            List.of(
                    new Column("links", "jsonb", true),
                    new Column("provenance", "jsonb", true),
                    new Column("conflicts", "jsonb", true),
                    new Column("schema_version", "integer", true),
                    new Column("as_of", "timestamptz", true));

    private final EntitySchema entity;
    private final List<Column> columns = new ArrayList<>(KEY);

    ViewTable(EntitySchema entity) {
        this.entity = entity;
        for (EntityField field : entity.fields()) {
            columns.add(new Column(field.name(), field.type().postgresType(), false));
        }
        columns.addAll(ORIGINS);
        List<String> names = columns.stream().map(Column::name).toList();
        for (String name : names) {
            if (name.equals(WRITTEN_AT) || names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalArgumentException(
                        "%s: entity %s: the field %s has the name of a column that every view has; choose another name."
                                .formatted(ErrorCode.ENTITY_INVALID.code(), entity.name(), name));
            }
        }
    }

    EntitySchema entity() {
        return entity;
    }

    @Override
    public String name() {
        return "dcl_" + entity.name();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public String key() {
        return "tenant, id";
    }

    @Override
    public List<String> finish(List<String> inOrder) {
        return List.of("GRANT DELETE ON " + name() + " TO autonomos_writer");
    }

    /** The part of {@code dcl_links} that comes from this table. */
    String links() {
        return "SELECT v.tenant, '%s'::text AS entity, v.id, l.*".formatted(entity.name())
                + " FROM %s v, jsonb_to_recordset(v.links)".formatted(name())
                + " AS l(connection text, source text, stream text, record_id text,"
                + " event_time timestamptz)";
    }

    /**
     * Writes rows: one array parameter per column, in the order of {@link #columns()}. A row that
     * is there already, as after a restart, is not written again.
     */
    String upsert() {
        List<Column> others = columns.subList(KEY.size(), columns.size());
        return Column.insert(name(), columns)
                + " ON CONFLICT (tenant, id) DO UPDATE SET %s, %s = now()"
                        .formatted(Column.changes(others), WRITTEN_AT)
                + " WHERE (%s) IS DISTINCT FROM (%s)"
                        .formatted(Column.list("t.", others), Column.list("EXCLUDED.", others));
    }

    /** Deletes rows: the arrays of tenants and of ids. */
    String delete() {
        return "DELETE FROM %s AS t USING unnest(?, ?) AS s (tenant, id)".formatted(name())
                + " WHERE t.tenant = s.tenant AND t.id = s.id";
    }
}
