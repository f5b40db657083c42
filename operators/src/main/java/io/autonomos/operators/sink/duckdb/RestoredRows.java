package io.autonomos.operators.sink.duckdb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The state that a writer starts with.
 *
 * <p>State is handed out without regard to tenants when the number of writers changes. Then a
 * writer can have rows of a tenant whose records another writer gets, and the other may have
 * nothing to tell it so.
 *
 * @param own of tenants whose records this writer gets
 * @param foreign of tenants whose records another writer gets
 * @param rescaled whether there may be foreign rows, here or elsewhere
 */
record RestoredRows(List<TenantRows> own, List<TenantRows> foreign, boolean rescaled) {

    /** A writer of a job without state. */
    static RestoredRows none() {
        return new RestoredRows(List.of(), List.of(), false);
    }

    /** What the pieces are to a writer of a sink that is keyed by tenant. */
    static RestoredRows of(Collection<TenantRows> pieces, TaskInfo task) {
        int writers = task.getNumberOfParallelSubtasks();
        List<TenantRows> own = new ArrayList<>();
        List<TenantRows> foreign = new ArrayList<>();
        boolean rescaled = pieces.isEmpty();
        for (TenantRows piece : pieces) {
            rescaled |= piece.writers() != writers;
            if (!piece.rows().isEmpty()) {
                (isOwn(piece.tenant(), task) ? own : foreign).add(piece);
            }
        }
        return new RestoredRows(own, foreign, rescaled);
    }

    private static boolean isOwn(String tenant, TaskInfo task) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        tenant,
                        task.getMaxNumberOfParallelSubtasks(),
                        task.getNumberOfParallelSubtasks())
                == task.getIndexOfThisSubtask();
    }
}
