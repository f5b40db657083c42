package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import java.util.List;

/** A piece of the sink's state: events of one tenant that were not yet in its file. */
public record TenantEvents(String tenant, List<CanonicalEvent> events) {

    public TenantEvents {
        events = List.copyOf(events);
    }
}
