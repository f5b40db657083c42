package io.autonomos.operators.sink.duckdb;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.TenantRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buffers rows by tenant and has them merged, one tenant at a time, by a thread of its own.
 *
 * <p>Merges never block records or barriers: the task thread only hands a batch over and hears of
 * its end by mail. State: every row that is not yet in a file, in flight or not. A full buffer
 * makes {@link #write} wait, which is back-pressure.
 *
 * <p>A change of a unified row must not be overtaken by an older one. When the number of writers
 * has changed, older ones can be with another writer: each merges such rows before it begins, and
 * until the first barrier, which proves that all have begun, no writer merges. Until then the
 * buffer has no bound, since to wait would hold up that barrier.
 */
// close() can be interrupted while it waits for a merge; timers need no handle
@SuppressWarnings({"try", "FutureReturnValueIgnored"})
final class DuckDbWriter implements StatefulSinkWriter<TenantRow, TenantRows> {

    private static final Logger LOG = LoggerFactory.getLogger(DuckDbWriter.class);
    private static final long STATE_PIECE = 1 << 20;
    private static final long CLOSE_SECONDS = 60;

    private final long commitInterval;
    private final TenantMerger merger;
    private final ExecutorService mergeThread;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService clock;
    private final RowBuffer buffer;
    private final HeldFiles held;
    private final Set<String> due = new LinkedHashSet<>();
    private final Counter rows;
    private final Counter commits;
    private final Counter retries;

    private final int writers;

    private boolean merging;
    private boolean gated;
    private long lastRound;

    DuckDbWriter(
            DuckDbSettings settings,
            TenantMerger merger,
            ExecutorService mergeThread,
            WriterInitContext context,
            RestoredRows restored)
            throws IOException {
        this.commitInterval = settings.commitInterval().toMillis();
        this.merger = merger;
        this.mergeThread = mergeThread;
        this.mailbox = context.getMailboxExecutor();
        this.clock = context.getProcessingTimeService();
        this.buffer = new RowBuffer(settings.bufferEvents(), settings.bufferBytes());
        this.held = new HeldFiles(settings.retryDelay().toMillis(), settings.lockWait().toMillis());
        this.rows = context.metricGroup().getNumRecordsSendCounter();
        this.commits = context.metricGroup().counter(JobMetric.DUCKDB_COMMITS.leaf());
        this.retries = context.metricGroup().counter(JobMetric.DUCKDB_RETRIES.leaf());
        context.metricGroup().gauge(JobMetric.DUCKDB_BUFFERED_EVENTS.leaf(), buffer::count);
        this.writers = context.getTaskInfo().getNumberOfParallelSubtasks();
        this.gated = restored.rescaled();
        restored.own().forEach(piece -> piece.rows().forEach(buffer::add));
        mergeForeign(restored.foreign());
        lastRound = clock.getCurrentProcessingTime();
        clock.registerTimer(lastRound + commitInterval, this::onCommitTimer);
    }

    private void mergeForeign(List<TenantRows> pieces) throws IOException {
        Map<String, TenantBatch> batches = new LinkedHashMap<>();
        for (TenantRows piece : pieces) {
            TenantBatch batch = batches.computeIfAbsent(piece.tenant(), TenantBatch::new);
            piece.rows().forEach(batch::add);
        }
        for (TenantBatch batch : batches.values()) {
            while (!isMerged(batch)) {
                held.resume(batch.tenant());
            }
        }
    }

    private boolean isMerged(TenantBatch batch) throws IOException {
        try {
            merger.merge(batch);
            held.succeeded(batch.tenant());
            return true;
        } catch (IOException e) {
            long delay = delayAfter(batch.tenant(), e);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay));
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void write(TenantRow row, Context context) throws IOException, InterruptedException {
        buffer.add(row);
        if (gated) {
            return;
        }
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
        gated &= !endOfInput;
        while (endOfInput && !buffer.isEmpty()) {
            if (!merging && due.isEmpty()) {
                beginRound();
            }
            mailbox.yield();
        }
    }

    @Override
    public List<TenantRows> snapshotState(long checkpointId) {
        List<TenantRows> state = buffer.snapshot(STATE_PIECE, writers);
        gated = false;
        beginRoundAfter(commitInterval);
        return state.isEmpty() ? List.of(TenantRows.none(writers)) : state;
    }

    private void onCommitTimer(long time) {
        beginRoundAfter(2 * commitInterval);
        clock.registerTimer(clock.getCurrentProcessingTime() + commitInterval, this::onCommitTimer);
    }

    private void beginRoundAfter(long pause) {
        if (!gated && clock.getCurrentProcessingTime() - lastRound >= pause) {
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
            LOG.debug("A merge ended after its task; its rows are in the last checkpoint.");
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
        long delay = delayAfter(tenant, failure);
        clock.registerTimer(clock.getCurrentProcessingTime() + delay, time -> resume(tenant));
    }

    private long delayAfter(String tenant, IOException failure) throws IOException {
        retries.inc();
        if (held.isFirstFailure(tenant)) {
            LOG.warn("{} Its rows wait.", failure.getMessage());
        }
        long delay = held.failed(tenant, clock.getCurrentProcessingTime());
        if (delay < 0) {
            throw new IOException("Gave up after duckdb.lock-wait.", failure);
        }
        return delay;
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
