package io.autonomos.jobs.verify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a verification found.
 *
 * @param equal the entities whose rows all stores have alike, with the tallies by store
 * @param different the others
 * @param rows some rows that differ
 */
public record VerifyResult(
        Map<ViewKey, Map<String, Tally>> equal,
        Map<ViewKey, Map<String, Tally>> different,
        List<RowDifference> rows) {

    /** Whether nothing differs. */
    public boolean isEqual() {
        return different.isEmpty();
    }

    /** The tallies of all entities, by store. */
    public Map<ViewKey, Map<String, Tally>> all() {
        Map<ViewKey, Map<String, Tally>> all = new TreeMap<>(equal);
        all.putAll(different);
        return all;
    }
}
