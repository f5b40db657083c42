package io.autonomos.mappings.profile;

import java.util.List;

/**
 * One field that became two, or two that became one.
 *
 * @param before the paths before: one of a split, two of a merge
 * @param after the paths after
 * @param separator what stands between the parts in the whole
 * @param records records that have the whole and its parts
 * @param equal records in which they agree
 * @param distinct distinct wholes among the equal ones
 */
public record Composition(
        List<String> before,
        List<String> after,
        String separator,
        int records,
        int equal,
        int distinct) {

    /** Whether one became two. */
    public boolean isSplit() {
        return before.size() == 1;
    }

    /** How sure it is when nothing but the compared records is known (Laplace). */
    public double confidence() {
        return (equal + 1.0) / (records + 2.0);
    }
}
