package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Kafka, PostgreSQL and Flink, started side by side for one process and stopped with it. */
public final class EmbeddedStack implements AutoCloseable {

    private final StackLock lock;
    private final WorkDir workDir;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final EmbeddedFlink flink;
    private boolean closed;

    private EmbeddedStack(
            StackLock lock,
            WorkDir workDir,
            EmbeddedKafka kafka,
            EmbeddedPostgres postgres,
            EmbeddedFlink flink) {
        this.lock = lock;
        this.workDir = workDir;
        this.kafka = kafka;
        this.postgres = postgres;
        this.flink = flink;
    }

    /**
     * Starts all three; when one fails, the others are stopped again.
     *
     * @param ports which ports to take; asked once the directory is this process's own, so that it
     *     may clear what an earlier run left there
     * @param slots Flink's slots
     */
    public static EmbeddedStack start(WorkDir workDir, Supplier<StackPorts> ports, int slots) {
        StackLock lock = StackLock.take(workDir);
        try {
            return start(lock, workDir, ports, slots);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedStack start(
            StackLock lock, WorkDir workDir, Supplier<StackPorts> choice, int slots) {
        if (new ProcessStack(workDir).hasServers()) {
            throw new StackException(
                    ErrorCode.STACK_BUSY,
                    "The stack of `autonomos up` runs in " + workDir.root() + ".");
        }
        StackPorts ports = choice.get();
        ExecutorService starters = Executors.newFixedThreadPool(3);
        List<CompletableFuture<? extends AutoCloseable>> parts = new ArrayList<>();
        try {
            CompletableFuture<EmbeddedPostgres> postgres =
                    start(parts, starters, () -> EmbeddedPostgres.start(workDir, ports.postgres()));
            CompletableFuture<EmbeddedKafka> kafka =
                    start(
                            parts,
                            starters,
                            () -> EmbeddedKafka.start(workDir.directory("kafka"), ports.kafka()));
            CompletableFuture<EmbeddedFlink> flink =
                    start(parts, starters, () -> EmbeddedFlink.start(workDir, ports, slots));
            return new EmbeddedStack(lock, workDir, kafka.join(), postgres.join(), flink.join());
        } catch (CompletionException e) {
            parts.forEach(EmbeddedStack::closeWhenStarted);
            throw e.getCause() instanceof StackException known ? known : e;
        } finally {
            starters.shutdown();
        }
    }

    /** The directory that holds all state. */
    public WorkDir workDir() {
        return workDir;
    }

    /** The broker. */
    public EmbeddedKafka kafka() {
        return kafka;
    }

    /** The database server. */
    public EmbeddedPostgres postgres() {
        return postgres;
    }

    /** The cluster. */
    public EmbeddedFlink flink() {
        return flink;
    }

    /**
     * Stops the job's cluster first, so that nothing retries against servers that are gone. Once is
     * enough: a later call waits for the first one and does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            flink.close();
        } finally {
            try {
                kafka.close();
            } finally {
                try {
                    postgres.close();
                } finally {
                    lock.close();
                }
            }
        }
    }

    private static <T extends AutoCloseable> CompletableFuture<T> start(
            List<CompletableFuture<? extends AutoCloseable>> parts,
            ExecutorService starters,
            Supplier<T> starter) {
        CompletableFuture<T> part = CompletableFuture.supplyAsync(starter, starters);
        parts.add(part);
        return part;
    }

    private static void closeWhenStarted(CompletableFuture<? extends AutoCloseable> part) {
        try {
            part.join().close();
        } catch (Exception e) {
            // The first failure is the one to report; this part never ran or is going down anyway.
            return;
        }
    }
}
