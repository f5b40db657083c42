package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tenants' files below a folder: merges without a sink, and looks into them. */
public final class TestingFiles implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final DuckDbReader reader;
    private final TenantMerger merger;

    public TestingFiles(Path directory) {
        this(directory, EntityModel.shipped());
    }

    TestingFiles(Path directory, EntityModel model) {
        reader = new DuckDbReader(directory, PATIENCE);
        merger = new TenantMerger(directory, 128 << 20, model, "a test");
    }

    /** Merges events of one tenant as one batch. */
    void merge(CanonicalEvent... events) throws IOException {
        merge(Stream.of(events).map(TenantRow::of).toList());
    }

    /** Merges changes of one tenant's unified rows as one batch. */
    public void merge(ViewChange... changes) throws IOException {
        merge(Stream.of(changes).map(TenantRow::of).toList());
    }

    /** Merges rows of one tenant as one batch. */
    void merge(List<TenantRow> rows) throws IOException {
        TenantBatch batch = new TenantBatch(rows.get(0).tenant());
        rows.forEach(batch::add);
        merger.merge(batch);
    }

    /** The rows of a query against the tenant's file, each as its values joined by {@code |}. */
    public List<String> rows(String tenant, String sql) throws Exception {
        return reader.query(
                reader.file(tenant),
                statement -> {
                    List<String> rows = new ArrayList<>();
                    try (ResultSet result = statement.executeQuery(sql)) {
                        int columns = result.getMetaData().getColumnCount();
                        while (result.next()) {
                            List<String> row = new ArrayList<>();
                            for (int i = 1; i <= columns; i++) {
                                row.add(String.valueOf(result.getObject(i)));
                            }
                            rows.add(String.join("|", row));
                        }
                    }
                    return rows;
                });
    }

    @Override
    public void close() {
        merger.close();
    }
}
