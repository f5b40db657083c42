package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The table of an entity: its columns and the statements that create it and write to it.
 *
 * <p>Table {@code canonical_<entity>}, one row per record, deleted ones included; view {@code
 * <entity>_current} without those.
 */
final class EntityTable implements ModelTable {

    /** The columns that every entity has, before its own fields. */
    static final List<Column> ENVELOPE =
            List.of(
                    new Column("tenant", "text", true),
                    new Column("connection", "text", true),
                    new Column("stream", "text", true),
                    new Column("record_id", "text", true),
                    new Column("event_id", "text", true),
                    new Column("event_time", "timestamptz", true),
                    new Column("position", "bigint", true),
                    new Column("system", "text", false),
                    new Column("mapping", "text", false),
                    new Column("mapping_version", "integer", true),
                    new Column("deleted", "boolean", true),
                    new Column("extras", "json", false));

    private static final String KEY = "tenant, connection, stream, record_id";
    private static final int KEY_COLUMNS = 4;

    private final EntitySchema entity;
    private final List<Column> columns = new ArrayList<>(ENVELOPE);

    EntityTable(EntitySchema entity) {
        this.entity = entity;
        for (EntityField field : entity.fields()) {
            if (isReserved(field.name())) {
                throw new IllegalArgumentException(
                        "%s: entity %s: the field %s has the name of a column that every table has; choose another name."
                                .formatted(
                                        ErrorCode.ENTITY_INVALID.code(),
                                        entity.name(),
                                        field.name()));
            }
            columns.add(new Column(field.name(), field.type().postgresType(), false));
        }
    }

    private static boolean isReserved(String name) {
        return name.equals(WRITTEN_AT) || ENVELOPE.stream().anyMatch(c -> c.name().equals(name));
    }

    EntitySchema entity() {
        return entity;
    }

    @Override
    public String name() {
        return "canonical_" + entity.name();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public String key() {
        return KEY;
    }

    /** A column that came later comes last: a view cannot be replaced by one with another order. */
    @Override
    public List<String> finish(List<String> inOrder) {
        return ModelTable.view(
                entity.name() + "_current",
                inOrder.stream()
                        .filter(each -> !each.equals("deleted"))
                        .map(each -> '"' + each + '"')
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "SELECT ",
                                        " FROM " + name() + " WHERE NOT deleted")));
    }

    /**
     * Writes a batch: one array parameter per column, in the order of {@link #columns()}.
     *
     * <p>The guard: an older event changes nothing. Nor does the same event again, even when it was
     * read from a later position, unless a newer version of its mapping made it.
     */
    String upsert() {
        return Column.insert(name(), columns)
                + " ON CONFLICT (%s) DO UPDATE SET %s, %s = now()"
                        .formatted(
                                KEY,
                                Column.changes(columns.subList(KEY_COLUMNS, columns.size())),
                                WRITTEN_AT)
                + " WHERE CASE WHEN EXCLUDED.event_id = t.event_id"
                + " THEN EXCLUDED.mapping_version > t.mapping_version"
                + " ELSE (EXCLUDED.event_time, EXCLUDED.position, EXCLUDED.mapping_version,"
                + " EXCLUDED.event_id COLLATE \"C\")"
                + " > (t.event_time, t.position, t.mapping_version, t.event_id) END";
    }
}
