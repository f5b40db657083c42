package io.autonomos.mappings.match.eval;

import io.autonomos.mappings.match.SchemaChange;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A change of a schema, with what really happened where that is known.
 *
 * @param id the case's name
 * @param type where it comes from: a new version, a migration, another vendor, ...
 * @param source the kind of system
 * @param change the two schemas
 * @param truth what became of each field; empty when nobody says
 */
public record DriftCase(
        String id, String type, String source, SchemaChange change, List<Truth> truth) {

    /** The vendors whose names occur in the case: cases that share one are never apart. */
    public Set<String> vendors() {
        Set<String> vendors = new LinkedHashSet<>(Arrays.asList(source.split("_")));
        int to = change.stream().indexOf("_to_");
        if (to >= 0) {
            vendors.add(change.stream().substring(to + 4).split("_")[0]);
        }
        return vendors;
    }

    /** What became of a field of the old schema; null when nobody says. */
    public Truth truthOf(String before) {
        for (Truth each : truth) {
            if (each.before().contains(before)) {
                return each;
            }
        }
        return null;
    }
}
