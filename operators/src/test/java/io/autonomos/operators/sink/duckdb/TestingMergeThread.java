package io.autonomos.operators.sink.duckdb;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A merge thread that works only when told to. */
final class TestingMergeThread extends AbstractExecutorService {

    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private boolean shutdown;

    /** Runs the oldest piece of work. */
    void runNext() {
        work.remove().run();
    }

    int waiting() {
        return work.size();
    }

    @Override
    public void execute(Runnable command) {
        work.add(command);
    }

    @Override
    public void shutdown() {
        shutdown = true;
        while (!work.isEmpty()) {
            runNext();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
