package io.autonomos.mappings.profile;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.model.EntitySchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the ids of records that cannot be translated: by the places where the mapping looks, else
 * by the place where ids stand that are known from before.
 */
public final class RecordIds {

    private final Set<SourcePath> places = new LinkedHashSet<>();
    private final String found;

    /** Finds ids in such records. */
    public RecordIds(
            CompiledMapping compiled, StreamBaseline baseline, List<RecordFields> records) {
        Mapping mapping = compiled.mapping();
        EntitySchema entity = compiled.plan().entity();
        if (mapping.recordId().size() == 1) {
            places.addAll(mapping.recordId().get(0));
        } else if (entity.soleIdentity() != null && mapping.each().isEmpty()) {
            places.addAll(MappingUse.of(compiled.plan()).paths(entity.soleIdentity().name()));
        }
        found = place(baseline.canonical(), records);
    }

    /** Where the mapping finds no id any more, the place that holds known ids tells it. */
    public static List<Seen> identify(
            CompiledMapping mapping, StreamBaseline baseline, List<Seen> records) {
        if (records.stream().allMatch(each -> each.recordId() != null)) {
            return records;
        }
        List<RecordFields> fields = records.stream().map(Seen::fields).toList();
        RecordIds ids = new RecordIds(mapping, baseline, fields);
        return records.stream()
                .map(each -> new Seen(ids.of(each.recordId(), each.fields()), each.fields()))
                .toList();
    }

    /**
     * The id of a record, or null.
     *
     * @param told what its translation says, or null
     */
    public String of(String told, RecordFields record) {
        if (told != null) {
            return told;
        }
        for (SourcePath place : places) {
            RecordFields.Leaf leaf = record.leaves().get(place.toString());
            if (leaf != null && leaf.hasValue()) {
                return leaf.text();
            }
        }
        return found == null ? null : record.text(found);
    }

    /** The place where most records hold an id that was known before, or null. */
    static String place(StreamSchema before, List<RecordFields> records) {
        Map<String, Set<Long>> found = new HashMap<>();
        for (RecordFields record : records) {
            record.leaves()
                    .forEach(
                            (path, leaf) -> {
                                if (leaf.hasValue()) {
                                    long hash = ValueHash.of(leaf.text());
                                    if (before.sample().hasId(hash)) {
                                        found.computeIfAbsent(path, p -> new HashSet<>()).add(hash);
                                    }
                                }
                            });
        }
        double kept = (double) before.sample().size() / Math.max(1, before.records());
        double least = Math.max(2, 0.5 * records.size() * Math.min(1, kept));
        String best = null;
        for (Map.Entry<String, Set<Long>> each : found.entrySet()) {
            int hits = each.getValue().size();
            int most = best == null ? 0 : found.get(best).size();
            boolean first = best != null && each.getKey().compareTo(best) < 0;
            if (hits >= least && (hits > most || (hits == most && first))) {
                best = each.getKey();
            }
        }
        return best;
    }
}
