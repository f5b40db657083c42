package io.autonomos.operators.sink.duckdb;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.CanonicalEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buffers events by tenant and has them merged, one tenant at a time, by a thread of its own.
 *
 * <p>Merges never block records or barriers: the task thread only hands a batch over and hears of
 * its end by mail. State: every event that is not yet in a file, in flight or not. A full buffer
 * makes {@link #write} wait, which is back-pressure.
 */
// close() can be interrupted while it waits for a merge; timers need no handle
@SuppressWarnings({"try", "FutureReturnValueIgnored"})
final class DuckDbWriter implements StatefulSinkWriter<CanonicalEvent, TenantEvents> {

    private static final Logger LOG = LoggerFactory.getLogger(DuckDbWriter.class);
    private static final long STATE_PIECE = 1 << 20;
    private static final long CLOSE_SECONDS = 60;

    private final long commitInterval;
    private final TenantMerger merger;
    private final ExecutorService mergeThread;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService clock;
    private final EventBuffer buffer;
    private final HeldFiles held;
    private final Set<String> due = new LinkedHashSet<>();
    private final Counter rows;
    private final Counter commits;
    private final Counter retries;

    private boolean merging;
    private long lastRound;

    DuckDbWriter(
            DuckDbSettings settings,
            TenantMerger merger,
            ExecutorService mergeThread,
            WriterInitContext context,
            Collection<TenantEvents> restored) {
        this.commitInterval = settings.commitInterval().toMillis();
        this.merger = merger;
        this.mergeThread = mergeThread;
        this.mailbox = context.getMailboxExecutor();
        this.clock = context.getProcessingTimeService();
        this.buffer = new EventBuffer(settings.bufferEvents(), settings.bufferBytes());
        this.held = new HeldFiles(settings.retryDelay().toMillis(), settings.lockWait().toMillis());
        this.rows = context.metricGroup().getNumRecordsSendCounter();
        this.commits = context.metricGroup().counter(JobMetric.DUCKDB_COMMITS.leaf());
        this.retries = context.metricGroup().counter(JobMetric.DUCKDB_RETRIES.leaf());
        context.metricGroup().gauge(JobMetric.DUCKDB_BUFFERED_EVENTS.leaf(), buffer::count);
        for (TenantEvents piece : restored) {
            piece.events().forEach(buffer::add);
        }
        lastRound = clock.getCurrentProcessingTime();
        clock.registerTimer(lastRound + commitInterval, this::onCommitTimer);
    }

    @Override
    public void write(CanonicalEvent event, Context context)
            throws IOException, InterruptedException {
        buffer.add(event);
        if (buffer.isHalfFull()) {
            mergeLargest();
        }
        while (buffer.isOver()) {
            mergeLargest();
            mailbox.yield();
        }
    }

    /** Begins at half the bound, so that a merge runs beside the records that fill the rest. */
    private void mergeLargest() {
        if (!merging) {
            buffer.largest(held.pausing()).ifPresent(this::merge);
        }
    }

    /** Only the end of input is waited for: what a checkpoint needs goes to the state. */
    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        while (endOfInput && !buffer.isEmpty()) {
            if (!merging && due.isEmpty()) {
                beginRound();
            }
            mailbox.yield();
        }
    }

    @Override
    public List<TenantEvents> snapshotState(long checkpointId) {
        List<TenantEvents> state = buffer.snapshot(STATE_PIECE);
        beginRoundAfter(commitInterval);
        return state;
    }

    private void onCommitTimer(long time) {
        beginRoundAfter(2 * commitInterval);
        clock.registerTimer(clock.getCurrentProcessingTime() + commitInterval, this::onCommitTimer);
    }

    private void beginRoundAfter(long pause) {
        if (clock.getCurrentProcessingTime() - lastRound >= pause) {
            beginRound();
        }
    }

    private void beginRound() {
        lastRound = clock.getCurrentProcessingTime();
        due.addAll(buffer.tenants());
        mergeNext();
    }

    private void mergeNext() {
        due.removeAll(held.pausing());
        while (!merging && !due.isEmpty()) {
            String tenant = due.iterator().next();
            due.remove(tenant);
            if (buffer.isWaiting(tenant)) {
                merge(tenant);
            }
        }
    }

    private void merge(String tenant) {
        merging = true;
        due.remove(tenant);
        TenantBatch batch = buffer.take(tenant);
        mergeThread.execute(
                () -> {
                    Throwable failure = null;
                    try {
                        merger.merge(batch);
                    } catch (Throwable e) {
                        failure = e;
                    }
                    report(batch, failure);
                });
    }

    private void report(TenantBatch batch, Throwable failure) {
        try {
            mailbox.execute(() -> merged(batch, failure), "DuckDB merge ended");
        } catch (RejectedExecutionException e) {
            LOG.debug("A merge ended after its task; its events are in the last checkpoint.");
        }
    }

    private void merged(TenantBatch batch, Throwable failure) throws IOException {
        merging = false;
        if (failure == null) {
            buffer.release();
            held.succeeded(batch.tenant());
            rows.inc(batch.count());
            commits.inc();
        } else if (failure instanceof IOException retryable) {
            buffer.putBack();
            pause(batch.tenant(), retryable);
        } else {
            throw new IOException("A merge into DuckDB failed.", failure);
        }
        mergeNext();
    }

    private void pause(String tenant, IOException failure) throws IOException {
        retries.inc();
        if (held.isFirstFailure(tenant)) {
            LOG.warn("{} Its events wait.", failure.getMessage());
        }
        long now = clock.getCurrentProcessingTime();
        long delay = held.failed(tenant, now);
        if (delay < 0) {
            throw new IOException("Gave up after duckdb.lock-wait.", failure);
        }
        clock.registerTimer(now + delay, time -> resume(tenant));
    }

    private void resume(String tenant) {
        held.resume(tenant);
        due.add(tenant);
        mergeNext();
    }

    /** A merge that runs is let end: it holds a file. */
    @Override
    public void close() throws InterruptedException {
        mergeThread.execute(merger::close);
        mergeThread.shutdown();
        if (!mergeThread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "A merge into DuckDB did not end within %d s.".formatted(CLOSE_SECONDS));
        }
    }
}
