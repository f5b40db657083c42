package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.GraphChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is not yet in one tenant's file: the newest event of each record, the last change of each
 * unified row and of each part of the graph.
 */
final class TenantBatch {

    /**
     * Heap of an event beside its JSON: record, names, offsets, map entry; measured, rounded up.
     */
    private static final int OVERHEAD = 512;

    private static final int BYTES_PER_FIELD = 256;

    private record Row(String entity, StreamKey key, String recordId) {}

    private record ViewKey(String entity, String id) {

        static ViewKey of(ViewChange change) {
            return new ViewKey(change.entity(), change.id());
        }
    }

    private record GraphKey(String part, String id) {

        static GraphKey of(GraphChange change) {
            return new GraphKey(change.part(), change.id());
        }
    }

    private final String tenant;
    private final Map<Row, CanonicalEvent> events = new LinkedHashMap<>();
    private final Map<ViewKey, ViewChange> changes = new LinkedHashMap<>();
    private final Map<GraphKey, GraphChange> graph = new LinkedHashMap<>();
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
        } else if (row.change() != null) {
            add(row.change());
        } else {
            add(row.graph());
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

    private void add(GraphChange change) {
        GraphChange before = graph.put(GraphKey.of(change), change);
        bytes += size(change) - (before == null ? 0 : size(before));
    }

    /** Whether a row that came before would leave no trace, since a change here replaces it. */
    boolean replaces(TenantRow earlier) {
        if (earlier.graph() != null) {
            return graph.containsKey(GraphKey.of(earlier.graph()));
        }
        return earlier.change() != null && changes.containsKey(ViewKey.of(earlier.change()));
    }

    List<TenantRow> rows() {
        List<TenantRow> rows = new ArrayList<>(count());
        events.values().forEach(event -> rows.add(TenantRow.of(event)));
        changes.values().forEach(change -> rows.add(TenantRow.of(change)));
        graph.values().forEach(change -> rows.add(TenantRow.of(change)));
        return rows;
    }

    int count() {
        return events.size() + changes.size() + graph.size();
    }

    long bytes() {
        return bytes;
    }

    static long size(TenantRow row) {
        if (row.graph() != null) {
            return size(row.graph());
        }
        return size(row.event() != null ? row.event() : row.change());
    }

    /** About that; a mapping's fields are most of it. */
    private static long size(GraphChange change) {
        boolean isMapping = change.edge() != null && change.edge().mapping() != null;
        int fields = isMapping ? change.edge().mapping().fields().size() : 0;
        return OVERHEAD + (long) BYTES_PER_FIELD * fields;
    }

    private static long size(EntityJson row) {
        return OVERHEAD + row.json().length + 4L * row.values().length;
    }
}
