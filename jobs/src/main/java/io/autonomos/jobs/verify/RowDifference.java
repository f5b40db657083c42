package io.autonomos.jobs.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A row that the stores do not have alike. Names columns, never values.
 *
 * @param missing the stores that do not have it
 * @param columns those that differ between the stores that have it
 */
public record RowDifference(ViewKey key, String id, List<String> missing, List<String> columns) {

    /**
     * @param rows by store; null where it has none
     */
    static RowDifference of(
            ViewKey key, String id, List<String> names, Map<String, RowImage> rows) {
        List<String> missing = new ArrayList<>();
        List<RowImage> present = new ArrayList<>();
        rows.forEach(
                (store, row) -> {
                    if (row == null) {
                        missing.add(store);
                    } else {
                        present.add(row);
                    }
                });
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            if (present.stream().map(row -> row.columns().get(column)).distinct().count() > 1) {
                columns.add(names.get(i));
            }
        }
        return new RowDifference(key, id, missing, columns);
    }

    /** What is wrong with the row, in a line. */
    public String text() {
        List<String> what = new ArrayList<>();
        if (!missing.isEmpty()) {
            what.add("missing in " + String.join(", ", missing));
        }
        if (!columns.isEmpty()) {
            what.add("differs in " + String.join(", ", columns));
        }
        if (what.isEmpty()) {
            what.add("changed meanwhile");
        }
        return String.join("; ", what);
    }
}
