package io.autonomos.mappings.language;

import io.autonomos.mappings.expression.Normalizer;
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
 * @param idBy what gives the record's id in place of paths, or null
 * @param clockBy what gives the source's own time in place of paths, or null
 * @param each names of nested arrays, outermost first; one event per element; or empty
 * @param eachOrOuter whether what holds the last of these arrays makes an event where it is empty
 * @param filter what holds for the records to keep, or null: all
 * @param deleteWhen by path, the text forms of the values that make a delete; {@code *}: any but
 *     null and empty text
 * @param deleteIf what holds for a record that is gone at its source, or null
 * @param formats of dates and times, tried before the defaults where a field names none of its own
 * @param ignore paths left out of extras
 * @param tables value tables by name
 * @param note what a reader should know, or null
 * @param places where the keys of the file stand, the entity's its value
 */
public record Mapping(
        String id,
        int version,
        List<String> sources,
        List<String> streams,
        String entity,
        List<List<SourcePath>> recordId,
        List<SourcePath> clock,
        Code idBy,
        Code clockBy,
        List<SourcePath> each,
        boolean eachOrOuter,
        Code filter,
        Map<SourcePath, Set<String>> deleteWhen,
        Code deleteIf,
        List<String> formats,
        List<FieldRule> fields,
        List<SourcePath> ignore,
        Map<String, Map<String, String>> tables,
        List<TestCase> tests,
        String note,
        Place place,
        Map<String, Place> places) {

    /** Where a key of the file stands, or else the file's beginning. */
    public Place place(String key) {
        return places.getOrDefault(key, place);
    }

    /**
     * How one canonical field gets its value.
     *
     * @param from source paths; the first with a value wins
     * @param expression what gives the value in place of a path, or null
     * @param constant text form of a value that all records have, or null
     * @param when what must hold for the record to have a value at all, or null
     * @param normalize forms that a text is brought to, in order
     * @param region ISO 3166 code of the country whose phone numbers lack its code, or null
     * @param cast the wanted type's name, or null
     * @param formats date and time formats in order; empty: the defaults
     * @param values value map by text form, or null
     * @param keepUnmapped whether values that the map lacks pass as they are
     * @param scale factor for numbers, or null
     * @param split separator that makes a list of a text, or null
     * @param entries names of the key and value members of a list that is a map, or null
     * @param defaultValue text form of the value to use where there is none, or null
     * @param onError what a value error does
     * @param note what a reader should know, or null
     */
    public record FieldRule(
            String name,
            Place place,
            List<SourcePath> from,
            Code expression,
            String constant,
            Code when,
            List<Normalizer> normalize,
            String region,
            String cast,
            List<String> formats,
            Map<String, String> values,
            boolean keepUnmapped,
            BigDecimal scale,
            String split,
            Entries entries,
            String defaultValue,
            OnError onError,
            String note) {

        /** A field that is its first present path's value, and no more. */
        public static FieldRule of(String name, Place place, List<SourcePath> from, String split) {
            return new FieldRule(
                    name,
                    place,
                    from,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    List.of(),
                    null,
                    false,
                    null,
                    split,
                    null,
                    null,
                    OnError.UNSTATED,
                    null);
        }
    }

    /** What becomes of a value that does not fit its optional field. */
    public enum OnError {
        /** Nothing is said: null, with a change note. */
        UNSTATED,
        /** Null, with a change note. */
        NULL,
        /** The record becomes a dead letter. */
        REJECT
    }

    /** The names of the two members of a map's entry. */
    public record Entries(String key, String value) {}
}
