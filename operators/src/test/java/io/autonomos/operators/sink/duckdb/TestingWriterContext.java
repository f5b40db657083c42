package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;
import org.apache.flink.util.UserCodeClassLoader;

/** A task around a sink writer: Flink's real mailbox, and timers that come through it. */
final class TestingWriterContext
        implements WriterInitContext, ProcessingTimeService, AutoCloseable {

    static final int MAX_SUBTASKS = 128;

    /** A record without time. */
    static final SinkWriter.Context RECORD =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return null;
                }
            };

    private final MailboxExecutorImpl mailbox =
            new MailboxExecutorImpl(
                    new TaskMailboxImpl(Thread.currentThread()),
                    0,
                    StreamTaskActionExecutor.IMMEDIATE);
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final TaskInfo task;

    TestingWriterContext() {
        this(0, 1);
    }

    /** One of several subtasks. */
    TestingWriterContext(int subtask, int subtasks) {
        task = new TaskInfoImpl("sink-duckdb", MAX_SUBTASKS, subtask, subtasks, 0);
    }

    /** Handles mail until the condition holds. */
    void handleMailUntil(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            mailbox.yield();
        }
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        return mailbox;
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return this;
    }

    @Override
    public long getCurrentProcessingTime() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public ScheduledFuture<?> registerTimer(long at, ProcessingTimeCallback target) {
        return timers.schedule(
                () -> mailbox.execute(() -> target.onProcessingTime(at), "timer"),
                at - getCurrentProcessingTime(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return UnregisteredMetricsGroup.createSinkWriterMetricGroup();
    }

    @Override
    public TaskInfo getTaskInfo() {
        return task;
    }

    @Override
    public JobInfo getJobInfo() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return OptionalLong.empty();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return true;
    }

    @Override
    public <IN> TypeSerializer<IN> createInputSerializer() {
        throw new UnsupportedOperationException();
    }

    /** Writes events as the task would. */
    static void write(SinkWriter<TenantRow> writer, CanonicalEvent... events) throws Exception {
        for (CanonicalEvent event : events) {
            writer.write(TenantRow.of(event), RECORD);
        }
    }

    /** Writes changes as the task would. */
    static void write(SinkWriter<TenantRow> writer, ViewChange... changes) throws Exception {
        for (ViewChange change : changes) {
            writer.write(TenantRow.of(change), RECORD);
        }
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
