package io.autonomos.schemas;

import io.autonomos.schemas.types.TenantRowSerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a tenant's own store takes: a canonical event or a change of a unified row. One of the two
 * is null.
 *
 * <p>One stream for both, since a store that has one writer per tenant must get both from one
 * operator.
 */
@TypeInfo(TenantRowSerializer.Factory.class)
public record TenantRow(CanonicalEvent event, ViewChange change) {

    public TenantRow {
        if ((event == null) == (change == null)) {
            throw new IllegalArgumentException("A tenant's row is an event or a change.");
        }
    }

    /** A canonical event. */
    public static TenantRow of(CanonicalEvent event) {
        return new TenantRow(event, null);
    }

    /** A change of a unified row. */
    public static TenantRow of(ViewChange change) {
        return new TenantRow(null, change);
    }

    public String tenant() {
        return event != null ? event.key().tenant() : change.tenant();
    }
}
