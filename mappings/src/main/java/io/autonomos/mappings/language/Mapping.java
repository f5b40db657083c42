package io.autonomos.mappings.language;

import io.autonomos.mappings.scan.SourcePath;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A mapping as its file states it, before it is checked against the canonical model.
 *
 * @param id unique name
 * @param sources the kind of system, then its other names
 * @param streams the stream's name, then its other names
 * @param recordId the parts of the record's id, joined by {@code |}; of each, the first present
 *     path counts; empty: the identity's fields
 * @param clock where the source's own clock stands; empty: that of the last change
 * @param each names of nested arrays, outermost first; one event per element; or empty
 * @param deleteWhen by path, the text forms of the values that make a delete
 * @param ignore paths left out of extras
 */
public record Mapping(
        String id,
        int version,
        List<String> sources,
        List<String> streams,
        String entity,
        List<List<SourcePath>> recordId,
        List<SourcePath> clock,
        List<SourcePath> each,
        Map<SourcePath, Set<String>> deleteWhen,
        List<FieldRule> fields,
        List<SourcePath> ignore,
        Place place) {

    /**
     * How one canonical field gets its value.
     *
     * @param from source paths; the first with a value wins
     * @param cast the wanted type's name, or null
     * @param formats date and time formats in order; empty: the defaults
     * @param values value map by text form, or null
     * @param keepUnmapped whether values that the map lacks pass as they are
     * @param scale factor for numbers, or null
     * @param split separator that makes a list of a text, or null
     * @param entries names of the key and value members of a list that is a map, or null
     * @param defaultValue text form of the value to use where there is none, or null
     * @param reject whether a value error makes a dead letter instead of a null with a note
     */
    public record FieldRule(
            String name,
            Place place,
            List<SourcePath> from,
            String cast,
            List<String> formats,
            Map<String, String> values,
            boolean keepUnmapped,
            BigDecimal scale,
            String split,
            Entries entries,
            String defaultValue,
            boolean reject) {}

    /** The names of the two members of a map's entry. */
    public record Entries(String key, String value) {}
}
