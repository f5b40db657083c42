package io.autonomos.mappings.profile;

import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.scan.SourcePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which canonical field reads which places of a record. */
public final class MappingUse {

    private final Map<String, Set<SourcePath>> paths;

    private MappingUse(Map<String, Set<SourcePath>> paths) {
        this.paths = paths;
    }

    /** What a mapping reads. */
    public static MappingUse of(Plan plan) {
        return new MappingUse(plan.reads());
    }

    /** The places that a canonical field reads, in order; empty where it reads none. */
    public Set<SourcePath> paths(String field) {
        return paths.getOrDefault(field, Set.of());
    }

    /** All places that are read. */
    public Set<SourcePath> all() {
        Set<SourcePath> all = new LinkedHashSet<>();
        paths.values().forEach(all::addAll);
        return all;
    }

    /** The canonical fields. */
    public Set<String> fields() {
        return paths.keySet();
    }

    /** The canonical fields that read what stands at a place, above it or below it. */
    public List<String> readersOf(SourcePath place) {
        List<String> readers = new ArrayList<>();
        paths.forEach(
                (field, read) -> {
                    if (read.stream().anyMatch(p -> p.contains(place) || place.contains(p))) {
                        readers.add(field);
                    }
                });
        return readers;
    }
}
