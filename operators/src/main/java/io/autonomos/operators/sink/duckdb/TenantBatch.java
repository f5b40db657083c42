package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The events of one tenant that are not yet in its file, the newest of each record. */
final class TenantBatch {

    /**
     * Heap of an event beside its JSON: record, names, offsets, map entry; measured, rounded up.
     */
    private static final int OVERHEAD = 512;

    private record Row(String entity, StreamKey key, String recordId) {}

    private final String tenant;
    private final Map<Row, CanonicalEvent> events = new LinkedHashMap<>();
    private long bytes;

    TenantBatch(String tenant) {
        this.tenant = tenant;
    }

    String tenant() {
        return tenant;
    }

    @SuppressWarnings("ReferenceEquality") // the newer of two is one of the two
    void add(CanonicalEvent event) {
        Row row = new Row(event.entity(), event.key(), event.recordId());
        CanonicalEvent before = events.get(row);
        if (before == null || EventVersions.replaces(event, before)) {
            events.put(row, event);
            bytes += size(event) - (before == null ? 0 : size(before));
        }
    }

    Collection<CanonicalEvent> events() {
        return Collections.unmodifiableCollection(events.values());
    }

    int count() {
        return events.size();
    }

    long bytes() {
        return bytes;
    }

    static long size(CanonicalEvent event) {
        return OVERHEAD + event.json().length + 4L * event.values().length;
    }
}
