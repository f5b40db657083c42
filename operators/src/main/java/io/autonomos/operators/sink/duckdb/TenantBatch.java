package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is not yet in one tenant's file: the newest event of each record, the last change of each
 * unified row.
 */
final class TenantBatch {

    /**
     * Heap of an event beside its JSON: record, names, offsets, map entry; measured, rounded up.
     */
    private static final int OVERHEAD = 512;

    private record Row(String entity, StreamKey key, String recordId) {}

    private record ViewKey(String entity, String id) {

        static ViewKey of(ViewChange change) {
            return new ViewKey(change.entity(), change.id());
        }
    }

    private final String tenant;
    private final Map<Row, CanonicalEvent> events = new LinkedHashMap<>();
    private final Map<ViewKey, ViewChange> changes = new LinkedHashMap<>();
    private long bytes;

    TenantBatch(String tenant) {
        this.tenant = tenant;
    }

    String tenant() {
        return tenant;
    }

    /** Adds what came after all that is here. */
    void add(TenantRow row) {
        if (row.event() != null) {
            add(row.event());
        } else {
            add(row.change());
        }
    }

    @SuppressWarnings("ReferenceEquality") // the newer of two is one of the two
    private void add(CanonicalEvent event) {
        Row row = new Row(event.entity(), event.key(), event.recordId());
        CanonicalEvent before = events.get(row);
        if (before == null || EventVersions.replaces(event, before)) {
            events.put(row, event);
            bytes += size(event) - (before == null ? 0 : size(before));
        }
    }

    private void add(ViewChange change) {
        ViewChange before = changes.put(ViewKey.of(change), change);
        bytes += size(change) - (before == null ? 0 : size(before));
    }

    /** Whether a row that came before would leave no trace, since a change here replaces it. */
    boolean replaces(TenantRow earlier) {
        return earlier.change() != null && changes.containsKey(ViewKey.of(earlier.change()));
    }

    List<TenantRow> rows() {
        List<TenantRow> rows = new ArrayList<>(count());
        events.values().forEach(event -> rows.add(TenantRow.of(event)));
        changes.values().forEach(change -> rows.add(TenantRow.of(change)));
        return rows;
    }

    int count() {
        return events.size() + changes.size();
    }

    long bytes() {
        return bytes;
    }

    static long size(TenantRow row) {
        return size(row.event() != null ? row.event() : row.change());
    }

    private static long size(EntityJson row) {
        return OVERHEAD + row.json().length + 4L * row.values().length;
    }
}
