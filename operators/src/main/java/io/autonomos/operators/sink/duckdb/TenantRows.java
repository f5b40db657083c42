package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.TenantRow;
import java.util.List;

/**
 * A piece of the sink's state: rows of one tenant that were not yet in its file. A writer that has
 * none leaves a piece without rows, so that it is known how many writers there were.
 *
 * @param writers how many subtasks the sink had, 0 where the state does not say
 */
public record TenantRows(String tenant, int writers, List<TenantRow> rows) {

    public TenantRows {
        rows = List.copyOf(rows);
    }

    /** What a writer without rows leaves. */
    static TenantRows none(int writers) {
        return new TenantRows("", writers, List.of());
    }
}
