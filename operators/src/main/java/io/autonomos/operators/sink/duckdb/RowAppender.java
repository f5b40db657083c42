package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBAppender;

/** Writes events to a staging table, column by column in the order of {@link EntityTable}. */
final class RowAppender {

    private RowAppender() {}

    static void append(CanonicalEvent event, EntityTable table, DuckDBAppender to)
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
        for (EntityField field : table.schema().fields()) {
            if (EventValues.isPresent(event, field)) {
                appendValue(event, field, to);
            } else {
                to.appendNull();
            }
        }
        appendExtras(event, to);
        to.endRow();
    }

    private static void appendValue(CanonicalEvent event, EntityField field, DuckDBAppender to)
            throws SQLException {
        switch (field.type()) {
            case TEXT -> to.append(EventValues.text(event, field));
            case INTEGER -> to.append(EventValues.integer(event, field).longValue());
            case DECIMAL ->
                    to.append(EventValues.decimal(event, field).setScale(FieldType.DECIMAL_SCALE));
            case BOOLEAN -> to.append(EventValues.bool(event, field).booleanValue());
            case DATE ->
                    to.appendEpochDays(
                            Math.toIntExact(EventValues.date(event, field).toEpochDay()));
            case TIMESTAMP -> to.appendEpochMicros(micros(EventValues.timestamp(event, field)));
            case TEXT_LIST -> to.append(EventValues.textList(event, field));
            case TEXT_MAP -> to.append(EventValues.token(event, field));
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
