package io.autonomos.operators.sink.duckdb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tenants whose files could not be written: since when, and how long to pause before the next try.
 */
final class HeldFiles {

    static final long MAX_DELAY = 10_000;

    private record Held(long since, long delay) {}

    private final long firstDelay;
    private final long patience;
    private final Map<String, Held> tenants = new HashMap<>();
    private final Set<String> pausing = new HashSet<>();

    /** Times in milliseconds. */
    HeldFiles(long firstDelay, long patience) {
        this.firstDelay = firstDelay;
        this.patience = patience;
    }

    /**
     * Notes a failed try and returns the pause before the next, or -1 when patience is at its end.
     */
    long failed(String tenant, long now) {
        Held before = tenants.get(tenant);
        if (before != null && now - before.since() >= patience) {
            return -1;
        }
        long delay = before == null ? firstDelay : Math.min(MAX_DELAY, 2 * before.delay());
        tenants.put(tenant, new Held(before == null ? now : before.since(), delay));
        pausing.add(tenant);
        return delay;
    }

    /** The pause is over. */
    void resume(String tenant) {
        pausing.remove(tenant);
    }

    void succeeded(String tenant) {
        tenants.remove(tenant);
    }

    boolean isFirstFailure(String tenant) {
        return !tenants.containsKey(tenant);
    }

    /** The tenants that must not be tried now. */
    Set<String> pausing() {
        return pausing;
    }
}
