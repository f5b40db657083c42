package io.autonomos.operators.drift;

import io.autonomos.schemas.StreamKey;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;

/**
 * The comparisons that run beside the task, one for each stream at most. None of them is in a
 * checkpoint: the task looks after each by a timer of its stream, and a timer that finds none after
 * a restart begins it again.
 */
final class Looks implements AutoCloseable {

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    1,
                    TimeUnit.MINUTES,
                    new LinkedBlockingQueue<>(),
                    new ExecutorThreadFactory("compare-schemas"));

    private final Map<StreamKey, CompletableFuture<Look>> underWay = new HashMap<>();

    Looks() {
        thread.allowCoreThreadTimeOut(true);
    }

    void begin(StreamKey key, Look look, boolean isLearnt) {
        underWay.put(key, CompletableFuture.supplyAsync(() -> look.run(isLearnt), thread));
    }

    boolean isUnderWay(StreamKey key) {
        return underWay.containsKey(key);
    }

    /** The stream's comparison if it is at its end, else null; it is no longer under way then. */
    Look done(StreamKey key) {
        CompletableFuture<Look> look = underWay.get(key);
        if (look == null || !look.isDone()) {
            return null;
        }
        underWay.remove(key);
        return look.join();
    }

    /** What the stream's comparison rests on has changed: it says nothing any more. */
    void drop(StreamKey key) {
        CompletableFuture<Look> look = underWay.remove(key);
        if (look != null) {
            look.cancel(false);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
