package io.autonomos.operators.sink.webhook;

import io.autonomos.schemas.messages.Notice;
import java.time.Instant;

/**
 * How far a notice is. Its JSON is part of the savepoint format.
 *
 * @param phase {@link #QUEUED}, {@link #SENDING} or {@link #DONE}
 * @param tries how many tries failed
 * @param since when it was queued
 * @param next when it may be tried
 * @param notice null once it is done
 */
public record Delivery(String phase, int tries, Instant since, Instant next, Notice notice) {

    static final String QUEUED = "queued";

    /** A try is announced or under way: after a restart nobody knows whether it arrived. */
    static final String SENDING = "sending";

    static final String DONE = "done";

    static Delivery of(Notice notice, Instant now) {
        return new Delivery(QUEUED, 0, now, now, notice);
    }

    boolean is(String other) {
        return phase.equals(other);
    }

    Delivery sending() {
        return new Delivery(SENDING, tries, since, next, notice);
    }

    Delivery again(Instant at) {
        return new Delivery(QUEUED, tries + 1, since, at, notice);
    }

    Delivery done() {
        return new Delivery(DONE, tries, since, next, null);
    }
}
