package io.autonomos.schemas;

import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.types.TenantRowSerializer;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a tenant's own store takes: a canonical event, a change of a unified row or one of the
 * tenant's graph. All but one are null.
 *
 * <p>One stream for all, since a store that has one writer per tenant must get them from one
 * operator.
 */
@TypeInfo(TenantRowSerializer.Factory.class)
public record TenantRow(CanonicalEvent event, ViewChange change, GraphChange graph) {

    public TenantRow {
        if (Stream.of(event, change, graph).filter(Objects::nonNull).count() != 1) {
            throw new IllegalArgumentException("A tenant's row is one event or one change.");
        }
    }

    /** A canonical event. */
    public static TenantRow of(CanonicalEvent event) {
        return new TenantRow(event, null, null);
    }

    /** A change of a unified row. */
    public static TenantRow of(ViewChange change) {
        return new TenantRow(null, change, null);
    }

    /** A change of the tenant's graph. */
    public static TenantRow of(GraphChange graph) {
        return new TenantRow(null, null, graph);
    }

    public String tenant() {
        if (graph != null) {
            return graph.tenant();
        }
        return event != null ? event.key().tenant() : change.tenant();
    }
}
