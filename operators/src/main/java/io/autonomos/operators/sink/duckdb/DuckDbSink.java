package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.duckdb.DuckDBDriver;

/**
 * Canonical events and unified rows to one DuckDB file per tenant. Expects its input keyed by
 * tenant.
 *
 * <p>Delivery guarantee: effectively exactly once. What is not yet in a file is in the checkpoint.
 * What a restart repeats changes no record, because a merge only takes newer versions of it, and
 * ends in the same unified rows, because the last change of each wins and they come in order. So
 * files can run ahead of the last checkpoint or lag behind it, but neither lose nor double a row.
 */
public final class DuckDbSink
        implements Sink<TenantRow>, SupportsWriterState<TenantRow, TenantRows> {

    private static final long serialVersionUID = 1L;

    private final DuckDbSettings settings;

    public DuckDbSink(DuckDbSettings settings) {
        this.settings = settings;
    }

    @Override
    public StatefulSinkWriter<TenantRow, TenantRows> createWriter(WriterInitContext context)
            throws IOException {
        return writer(context, RestoredRows.none());
    }

    @Override
    public StatefulSinkWriter<TenantRow, TenantRows> restoreWriter(
            WriterInitContext context, Collection<TenantRows> restored) throws IOException {
        return writer(context, RestoredRows.of(restored, context.getTaskInfo()));
    }

    private DuckDbWriter writer(WriterInitContext context, RestoredRows restored)
            throws IOException {
        DuckDbLoaderGuard.check(DuckDBDriver.class.getClassLoader(), Sink.class.getClassLoader());
        TenantMerger merger =
                new TenantMerger(
                        Path.of(settings.directory()),
                        settings.memoryBytes(),
                        EntityModel.shipped(),
                        "process " + ProcessHandle.current().pid());
        String name = "duckdb-merge-" + context.getTaskInfo().getIndexOfThisSubtask();
        ExecutorService mergeThread =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread thread = new Thread(work, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        return new DuckDbWriter(settings, merger, mergeThread, context, restored);
    }

    @Override
    public SimpleVersionedSerializer<TenantRows> getWriterStateSerializer() {
        return new TenantRowsSerializer();
    }
}
