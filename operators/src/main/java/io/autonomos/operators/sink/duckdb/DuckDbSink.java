package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.model.EntityModel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.duckdb.DuckDBDriver;

/**
 * Canonical events to one DuckDB file per tenant. Expects its input keyed by tenant.
 *
 * <p>Delivery guarantee: effectively exactly once. What is not yet in a file is in the checkpoint,
 * and what a restart repeats changes nothing, because a merge only takes newer versions. So files
 * can run ahead of the last checkpoint or lag behind it, but neither lose nor double a record.
 */
public final class DuckDbSink
        implements Sink<CanonicalEvent>, SupportsWriterState<CanonicalEvent, TenantEvents> {

    private static final long serialVersionUID = 1L;

    private final DuckDbSettings settings;

    public DuckDbSink(DuckDbSettings settings) {
        this.settings = settings;
    }

    @Override
    public StatefulSinkWriter<CanonicalEvent, TenantEvents> createWriter(
            WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<CanonicalEvent, TenantEvents> restoreWriter(
            WriterInitContext context, Collection<TenantEvents> restored) {
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
    public SimpleVersionedSerializer<TenantEvents> getWriterStateSerializer() {
        return new TenantEventsSerializer();
    }
}
