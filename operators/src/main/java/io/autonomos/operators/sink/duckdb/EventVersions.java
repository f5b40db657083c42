package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import java.util.Comparator;

/**
 * Which of two events of one record is newer; the same order as the merge's in {@link EntityTable}.
 *
 * <p>The order is total: event time, then position, then the mapping's version, so that a replay
 * under a mended mapping wins over what it repeats, then the id. Only so is the outcome the same
 * for every order in which events come.
 */
final class EventVersions {

    static final Comparator<CanonicalEvent> OLDEST_FIRST =
            Comparator.comparingLong(CanonicalEvent::eventTime)
                    .thenComparingLong(CanonicalEvent::position)
                    .thenComparingInt(CanonicalEvent::mappingVersion)
                    .thenComparing(CanonicalEvent::id);

    private EventVersions() {}

    static CanonicalEvent newer(CanonicalEvent one, CanonicalEvent other) {
        return OLDEST_FIRST.compare(other, one) > 0 ? other : one;
    }
}
