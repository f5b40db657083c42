package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import java.util.Comparator;

/**
 * Which of two events of one record is newer; the same rule as the merge's in {@link EntityTable}.
 *
 * <p>The order is total: event time, then position, then the mapping's version, then the id. The
 * same event again, even from a later position, changes nothing unless a newer version of its
 * mapping made it.
 */
final class EventVersions {

    private static final Comparator<CanonicalEvent> OLDEST_FIRST =
            Comparator.comparingLong(CanonicalEvent::eventTime)
                    .thenComparingLong(CanonicalEvent::position)
                    .thenComparingInt(CanonicalEvent::mappingVersion)
                    .thenComparing(CanonicalEvent::id);

    private EventVersions() {}

    static boolean replaces(CanonicalEvent event, CanonicalEvent kept) {
        return event.id().equals(kept.id())
                ? event.mappingVersion() > kept.mappingVersion()
                : OLDEST_FIRST.compare(event, kept) > 0;
    }
}
