package io.autonomos.schemas.model;

import java.util.List;

/**
 * How a field of the unified row is made from its records.
 *
 * @param sources for {@link MergeRule#SOURCE_PRIORITY}: kinds of systems, the first one first
 * @param follows another field, or null: the value comes from the record that won that one, so that
 *     an amount keeps its own currency
 * @param references entities that the value is an id of, in the order they are tried; empty where
 *     it is none
 */
public record FieldMerge(
        MergeRule rule, List<String> sources, String follows, List<String> references) {

    public FieldMerge {
        sources = List.copyOf(sources);
        references = List.copyOf(references);
    }
}
