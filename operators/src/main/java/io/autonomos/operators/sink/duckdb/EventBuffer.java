package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All events of a subtask that are not yet in a file, by tenant. A batch that is being merged has
 * left the tenant's place but still counts, and is still snapshotted, until it is released.
 */
final class EventBuffer {

    private final int maxEvents;
    private final long maxBytes;
    private final Map<String, TenantBatch> waiting = new LinkedHashMap<>();
    private TenantBatch taken;
    private int count;
    private long bytes;

    EventBuffer(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    void add(CanonicalEvent event) {
        TenantBatch batch = waiting.computeIfAbsent(event.key().tenant(), TenantBatch::new);
        count -= batch.count();
        bytes -= batch.bytes();
        batch.add(event);
        count += batch.count();
        bytes += batch.bytes();
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether a bound is passed; one event alone always has room. */
    boolean isOver() {
        return count > 1 && (count > maxEvents || bytes > maxBytes);
    }

    boolean isHalfFull() {
        return count > maxEvents / 2 || bytes > maxBytes / 2;
    }

    int count() {
        return count;
    }

    /** The tenants with waiting events, the one that waits longest first. */
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

    /** Takes the tenant's events out to be merged. */
    TenantBatch take(String tenant) {
        taken = waiting.remove(tenant);
        return taken;
    }

    /** The taken events are in their file. */
    void release() {
        count -= taken.count();
        bytes -= taken.bytes();
        taken = null;
    }

    /** The taken events wait again, together with those that came meanwhile. */
    void putBack() {
        TenantBatch batch = taken;
        release();
        batch.events().forEach(this::add);
    }

    /** All events, in pieces of one tenant and about {@code pieceBytes} bytes. */
    List<TenantEvents> snapshot(long pieceBytes) {
        List<TenantEvents> pieces = new ArrayList<>();
        if (taken != null) {
            split(taken, pieceBytes, pieces);
        }
        for (TenantBatch batch : waiting.values()) {
            split(batch, pieceBytes, pieces);
        }
        return pieces;
    }

    private static void split(TenantBatch batch, long pieceBytes, Collection<TenantEvents> into) {
        List<CanonicalEvent> piece = new ArrayList<>();
        long size = 0;
        for (CanonicalEvent event : batch.events()) {
            piece.add(event);
            size += TenantBatch.size(event);
            if (size >= pieceBytes) {
                into.add(new TenantEvents(batch.tenant(), piece));
                piece = new ArrayList<>();
                size = 0;
            }
        }
        if (!piece.isEmpty()) {
            into.add(new TenantEvents(batch.tenant(), piece));
        }
    }
}
