package io.autonomos.operators.materialize;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;

/** What the parts of the stage are keyed by: the tenant is part of every key. */
public final class Keys {

    private Keys() {}

    /** A source record. */
    public static String record(CanonicalEvent event) {
        StreamKey key = event.key();
        return of(event.entity(), key.tenant(), key.connection(), key.stream(), event.recordId());
    }

    /**
     * The parts as one text; each part but the last states its length, so that no two are mixed.
     */
    static String of(String entity, String... parts) {
        StringBuilder key = new StringBuilder(64).append(entity);
        for (int i = 0; i < parts.length; i++) {
            if (i < parts.length - 1) {
                key.append('/').append(parts[i].length());
            }
            key.append('/').append(parts[i]);
        }
        return key.toString();
    }
}
