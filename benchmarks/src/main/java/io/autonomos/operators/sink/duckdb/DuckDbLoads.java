package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Two ways to load opportunities into a file: the sink's commits, and a bare loader. */
public final class DuckDbLoads implements AutoCloseable {

    private static final long MEMORY = 256L << 20;
    private static final EntityTable TABLE =
            new EntityTable(EntityModel.shipped().entity("opportunity"));

    private final TenantMerger merger;

    /** Merges into files below {@code directory}. */
    public DuckDbLoads(Path directory) {
        merger = new TenantMerger(directory, MEMORY, EntityModel.shipped(), "a benchmark");
    }

    /** One commit of the sink: stage, lock, open, merge, commit, close. */
    public void commit(List<CanonicalEvent> events) throws IOException {
        TenantBatch batch = new TenantBatch(events.get(0).key().tenant());
        events.forEach(event -> batch.add(TenantRow.of(event)));
        merger.merge(batch);
    }

    /** The values of an event's row, so that the bare loader need not read them from JSON. */
    public static Object[] row(CanonicalEvent event) {
        List<Object> row = new ArrayList<>();
        row.add(event.key().tenant());
        row.add(event.key().connection());
        row.add(event.key().stream());
        row.add(event.recordId());
        row.add(event.id());
        row.add(Instant.ofEpochSecond(0, event.eventTime() * 1_000));
        row.add(event.position());
        row.add(event.isDelete());
        row.add(event.mapping());
        row.add(event.mappingVersion());
        for (EntityField field : TABLE.schema().fields()) {
            row.add(value(event, field));
        }
        int length = event.extrasEnd() - event.extrasStart();
        row.add(new String(event.json(), event.extrasStart(), length, StandardCharsets.UTF_8));
        return row.toArray();
    }

    private static Object value(CanonicalEvent event, EntityField field) {
        if (!EventValues.isPresent(event, field)) {
            return null;
        }
        return switch (field.type()) {
            case DECIMAL -> EventValues.decimal(event, field).setScale(18);
            case DATE -> EventValues.date(event, field);
            case TIMESTAMP -> EventValues.timestamp(event, field);
            default -> EventValues.text(event, field);
        };
    }

    /** Appends and merges the same rows by the same statement, the file open all the while. */
    public static void bare(Path directory, List<List<Object[]>> batches) throws SQLException {
        try (DuckDbInstance duckDb = new DuckDbInstance(directory, MEMORY)) {
            duckDb.attach(directory.resolve("bare.duckdb"));
            duckDb.execute(TABLE.createStaging());
            for (String sql : TABLE.create()) {
                duckDb.execute(sql);
            }
            for (List<Object[]> batch : batches) {
                try (DuckDBAppender appender = duckDb.appender(TABLE.stagingName())) {
                    for (Object[] row : batch) {
                        append(row, appender);
                    }
                }
                duckDb.execute("BEGIN");
                for (String sql : TABLE.merge()) {
                    duckDb.execute(sql);
                }
                duckDb.execute("COMMIT");
                duckDb.execute(TABLE.clearStaging());
            }
            duckDb.detach();
        }
    }

    private static void append(Object[] row, DuckDBAppender to) throws SQLException {
        to.beginRow();
        for (Object value : row) {
            if (value == null) {
                to.appendNull();
            } else if (value instanceof String text) {
                to.append(text);
            } else if (value instanceof Instant instant) {
                to.appendEpochMicros(
                        instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
            } else if (value instanceof Long number) {
                to.append(number.longValue());
            } else if (value instanceof Integer number) {
                to.append(number.intValue());
            } else if (value instanceof Boolean truth) {
                to.append(truth.booleanValue());
            } else if (value instanceof LocalDate date) {
                to.appendEpochDays((int) date.toEpochDay());
            } else {
                to.append((BigDecimal) value);
            }
        }
        to.endRow();
    }

    @Override
    public void close() {
        merger.close();
    }
}
