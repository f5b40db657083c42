package io.autonomos.operators.sink.postgres;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.internal.JdbcOutputFormat;
import org.apache.flink.connector.jdbc.internal.JdbcOutputSerializer;

/**
 * Writes a batch when it is full, when its first row has waited for the interval, and at each
 * checkpoint.
 *
 * <p>The interval runs on the task's timers and not in the connector's own thread: a thread that
 * waits for a server would hold the connector's lock, and the job could not be cancelled.
 */
final class PostgresWriter<T> implements SinkWriter<T> {

    private final JdbcOutputFormat<T, T, BatchExecutor<T>> output;
    private final BatchExecutor<T> executor;
    private final ProcessingTimeService timers;
    private final long intervalMs;
    private boolean timerSet;

    PostgresWriter(PostgresSettings settings, Batch<T> batch, WriterInitContext context)
            throws IOException {
        PostgresConnections connections = new PostgresConnections(settings);
        Patience patience = new Patience("PostgreSQL", settings.giveUpAfter());
        executor =
                new BatchExecutor<>(
                        connections, batch, patience, new SinkCounters(context.metricGroup()));
        timers = context.getProcessingTimeService();
        intervalMs = settings.batchInterval().toMillis();
        JdbcExecutionOptions options =
                JdbcExecutionOptions.builder()
                        .withBatchSize(settings.batchSize())
                        .withBatchIntervalMs(0)
                        .withMaxRetries(0)
                        .build();
        executor.connect();
        output = new JdbcOutputFormat<>(connections, options, () -> executor);
        output.open(JdbcOutputSerializer.of(context.createInputSerializer(), true));
    }

    @Override
    public void write(T row, Context context) throws IOException {
        output.writeRecord(row);
        if (executor.isLarge()) {
            output.flush();
        }
        if (!timerSet && !executor.isEmpty()) {
            timerSet = true;
            ScheduledFuture<?> unused =
                    timers.registerTimer(
                            timers.getCurrentProcessingTime() + intervalMs, this::onTimer);
        }
    }

    private void onTimer(long time) throws IOException {
        timerSet = false;
        output.flush();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        output.flush();
    }

    /** Unwritten rows are not in a checkpoint and come again; so nothing is waited for. */
    @Override
    public void close() {
        executor.discard();
        output.close();
    }
}
