package io.autonomos.mappings.match.eval;

import java.util.List;

/**
 * What really became of a field.
 *
 * @param before the fields it was; none for an added one, several for merged ones
 * @param after the fields it is; none for a removed one, several for a split one
 * @param kind same, renamed, retyped, split, merged, removed or added
 * @param difficulty how alike the names are; empty where nothing was renamed
 */
public record Truth(List<String> before, List<String> after, String kind, String difficulty) {

    private static final List<String> RENAMES = List.of("renamed", "moved", "split", "merged");

    /** Whether the field is found under another name. */
    public boolean renamed() {
        return RENAMES.contains(kind);
    }

    /** The kind, with the difficulty where there is one. */
    public String level() {
        return kind.equals("renamed") && !difficulty.isEmpty() ? difficulty : kind;
    }
}
