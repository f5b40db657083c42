package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.ViewParts;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBAppender;

/**
 * Writes rows to a staging table, column by column in the order of {@link EntityTable} and {@link
 * ViewTable}.
 */
final class RowAppender {

    /** The columns of a unified row behind its fields. */
    private static final int ORIGINS = 5;

    private RowAppender() {}

    static void append(CanonicalEvent event, EntitySchema schema, DuckDBAppender to)
            throws SQLException {
        to.beginRow();
        to.append(event.key().tenant());
        to.append(event.key().connection());
        to.append(event.key().stream());
        to.append(event.recordId());
        to.append(event.id());
        to.appendEpochMicros(event.eventTime());
        to.append(event.position());
        to.append(event.isDelete());
        to.append(event.mapping());
        to.append(event.mappingVersion());
        appendFields(event, schema, to);
        appendExtras(event, to);
        to.endRow();
    }

    static void append(ViewChange change, EntitySchema schema, DuckDBAppender to)
            throws SQLException {
        to.beginRow();
        to.append(change.tenant());
        to.append(change.id());
        appendFields(change, schema, to);
        if (change.isDelete()) {
            for (int i = 0; i < ORIGINS; i++) {
                to.appendNull();
            }
        } else {
            ViewParts parts = ViewParts.of(change);
            to.append(parts.links());
            to.append(parts.provenance());
            to.append(parts.conflicts());
            to.append(parts.schemaVersion());
            to.appendEpochMicros(change.eventTime());
        }
        to.append(change.isDelete());
        to.endRow();
    }

    private static void appendFields(EntityJson row, EntitySchema schema, DuckDBAppender to)
            throws SQLException {
        for (EntityField field : schema.fields()) {
            if (EventValues.isPresent(row, field)) {
                appendValue(row, field, to);
            } else {
                to.appendNull();
            }
        }
    }

    private static void appendValue(EntityJson row, EntityField field, DuckDBAppender to)
            throws SQLException {
        switch (field.type()) {
            case TEXT -> to.append(EventValues.text(row, field));
            case INTEGER -> to.append(EventValues.integer(row, field).longValue());
            case DECIMAL ->
                    to.append(EventValues.decimal(row, field).setScale(FieldType.DECIMAL_SCALE));
            case BOOLEAN -> to.append(EventValues.bool(row, field).booleanValue());
            case DATE ->
                    to.appendEpochDays(Math.toIntExact(EventValues.date(row, field).toEpochDay()));
            case TIMESTAMP -> to.appendEpochMicros(micros(EventValues.timestamp(row, field)));
            case TEXT_LIST -> to.append(EventValues.textList(row, field));
            case TEXT_MAP -> to.append(EventValues.token(row, field));
        }
    }

    private static void appendExtras(CanonicalEvent event, DuckDBAppender to) throws SQLException {
        int length = event.extrasEnd() - event.extrasStart();
        if (length > 0) {
            to.append(
                    new String(event.json(), event.extrasStart(), length, StandardCharsets.UTF_8));
        } else {
            to.appendNull();
        }
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                TimeUnit.SECONDS.toMicros(instant.getEpochSecond()), instant.getNano() / 1_000);
    }
}
