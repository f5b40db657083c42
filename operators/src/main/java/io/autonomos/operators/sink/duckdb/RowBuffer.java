package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.TenantRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All rows of a subtask that are not yet in a file, by tenant. A batch that is being merged has
 * left the tenant's place but still counts, and is still snapshotted, until it is released.
 */
final class RowBuffer {

    private final int maxRows;
    private final long maxBytes;
    private final Map<String, TenantBatch> waiting = new LinkedHashMap<>();
    private TenantBatch taken;
    private int count;
    private long bytes;

    RowBuffer(int maxRows, long maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    void add(TenantRow row) {
        TenantBatch batch = waiting.computeIfAbsent(row.tenant(), TenantBatch::new);
        count -= batch.count();
        bytes -= batch.bytes();
        batch.add(row);
        count += batch.count();
        bytes += batch.bytes();
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether a bound is passed; one row alone always has room. */
    boolean isOver() {
        return count > 1 && (count > maxRows || bytes > maxBytes);
    }

    boolean isHalfFull() {
        return count > maxRows / 2 || bytes > maxBytes / 2;
    }

    int count() {
        return count;
    }

    /** The tenants with waiting rows, the one that waits longest first. */
    List<String> tenants() {
        return List.copyOf(waiting.keySet());
    }

    boolean isWaiting(String tenant) {
        return waiting.containsKey(tenant);
    }

    /** The tenant with the most waiting bytes, of those not excepted. */
    Optional<String> largest(Set<String> except) {
        return waiting.values().stream()
                .filter(batch -> !except.contains(batch.tenant()))
                .max((one, other) -> Long.compare(one.bytes(), other.bytes()))
                .map(TenantBatch::tenant);
    }

    /** Takes the tenant's rows out to be merged. */
    TenantBatch take(String tenant) {
        taken = waiting.remove(tenant);
        return taken;
    }

    /** The taken rows are in their file. */
    void release() {
        count -= taken.count();
        bytes -= taken.bytes();
        taken = null;
    }

    /** The taken rows wait again, before those that came meanwhile. */
    void putBack() {
        TenantBatch batch = taken;
        TenantBatch later = waiting.remove(batch.tenant());
        release();
        batch.rows().forEach(this::add);
        if (later != null) {
            count -= later.count();
            bytes -= later.bytes();
            later.rows().forEach(this::add);
        }
    }

    /**
     * All rows, in pieces of one tenant and about {@code pieceBytes} bytes. No two hold changes of
     * one unified row, since pieces can come back in any order.
     *
     * @param writers how many writers there are, noted on each piece
     */
    List<TenantRows> snapshot(long pieceBytes, int writers) {
        List<TenantRows> pieces = new ArrayList<>();
        if (taken != null) {
            TenantBatch later = waiting.get(taken.tenant());
            List<TenantRow> rows = taken.rows();
            rows.removeIf(row -> later != null && later.replaces(row));
            split(taken.tenant(), rows, pieceBytes, writers, pieces);
        }
        for (TenantBatch batch : waiting.values()) {
            split(batch.tenant(), batch.rows(), pieceBytes, writers, pieces);
        }
        return pieces;
    }

    private static void split(
            String tenant,
            List<TenantRow> rows,
            long pieceBytes,
            int writers,
            Collection<TenantRows> into) {
        List<TenantRow> piece = new ArrayList<>();
        long size = 0;
        for (TenantRow row : rows) {
            piece.add(row);
            size += TenantBatch.size(row);
            if (size >= pieceBytes) {
                into.add(new TenantRows(tenant, writers, piece));
                piece = new ArrayList<>();
                size = 0;
            }
        }
        if (!piece.isEmpty()) {
            into.add(new TenantRows(tenant, writers, piece));
        }
    }
}
