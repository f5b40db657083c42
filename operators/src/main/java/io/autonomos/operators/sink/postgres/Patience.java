package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ErrorCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits between tries, longer each time up to a bound, until it gives up.
 *
 * <p>Waiting in the task's own thread is the back-pressure; a cancelled job interrupts it.
 */
final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_WAIT_MS = 100;
    private static final long LONGEST_WAIT_MS = 5_000;

    private final String store;
    private final Duration giveUpAfter;

    private int tries;
    private long since;

    /**
     * @param store what is waited for, for messages
     */
    Patience(String store, Duration giveUpAfter) {
        this.store = store;
        this.giveUpAfter = giveUpAfter;
    }

    /** Starts a piece of work. */
    void begin() {
        tries = 0;
    }

    /** The work is done. */
    void end() {
        if (tries > 1) {
            LOG.info("{} answers again after {} s.", store, waited().toSeconds());
        }
        tries = 0;
    }

    boolean isWaiting() {
        return tries > 0;
    }

    /** Returns when it is time to try again; throws when it has been too long. */
    void await(Exception error) {
        if (tries == 0) {
            since = System.nanoTime();
        }
        if (waited().compareTo(giveUpAfter) >= 0) {
            throw new FlinkRuntimeException(
                    "%s: %s has not answered for %d s (postgres.sink.give-up-after); the job restarts from its last checkpoint. %s"
                            .formatted(
                                    ErrorCode.STORE_DOWN.code(),
                                    store,
                                    waited().toSeconds(),
                                    ErrorCode.STORE_DOWN.remedy()),
                    error);
        }
        tries++;
        if (tries == 2) {
            LOG.warn(
                    "{}: {} does not answer; waiting up to {} s. {}",
                    ErrorCode.STORE_DOWN.code(),
                    store,
                    giveUpAfter.toSeconds(),
                    error.getMessage());
        }
        long wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(tries - 1, 10));
        try {
            TimeUnit.MILLISECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("Interrupted while waiting for " + store + ".", e);
        }
    }

    private Duration waited() {
        return tries == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }
}
