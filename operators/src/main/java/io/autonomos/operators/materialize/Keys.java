package io.autonomos.operators.materialize;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.ViewChange;

/** What the parts of the stage are keyed by: the tenant is part of every key. */
public final class Keys {

    private Keys() {}

    /** A source record. */
    public static String record(CanonicalEvent event) {
        return record(event.entity(), event.key(), event.recordId());
    }

    /** A source record. */
    static String record(String entity, StreamKey key, String recordId) {
        return of(entity, key.tenant(), key.connection(), key.stream(), recordId);
    }

    /** The tenant of a key. */
    static String tenant(String key) {
        return key.substring(tenantStart(key), tenantEnd(key));
    }

    /** The entity of a key. */
    static String entity(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    /** The last part of a key of two parts, as that of a row. */
    static String row(String key) {
        return key.substring(tenantEnd(key) + 1);
    }

    private static int tenantStart(String key) {
        return key.indexOf('/', key.indexOf('/') + 1) + 1;
    }

    private static int tenantEnd(String key) {
        int start = tenantStart(key);
        return start + Integer.parseInt(key, key.indexOf('/') + 1, start - 1, 10);
    }

    /** A unified row. */
    public static String row(ViewChange change) {
        return of(change.entity(), change.tenant(), change.id());
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
