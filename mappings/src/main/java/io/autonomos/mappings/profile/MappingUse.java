package io.autonomos.mappings.profile;

import io.autonomos.mappings.expression.ExpressionCompiler;
import io.autonomos.mappings.expression.ExpressionException;
import io.autonomos.mappings.language.Code;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.scan.SourcePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which canonical field reads which places of a record. */
public final class MappingUse {

    private final Map<String, Set<SourcePath>> paths = new LinkedHashMap<>();

    private MappingUse() {}

    /** What a mapping reads that compiles. */
    public static MappingUse of(Mapping mapping) {
        MappingUse use = new MappingUse();
        for (FieldRule rule : mapping.fields()) {
            Set<SourcePath> read = new LinkedHashSet<>(rule.from());
            read.addAll(inputs(mapping, rule.expression()));
            use.paths.put(rule.name(), read);
        }
        return use;
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

    private static List<SourcePath> inputs(Mapping mapping, Code code) {
        try {
            return code == null
                    ? List.of()
                    : new ExpressionCompiler(mapping.tables()).compile(code.text()).inputs();
        } catch (ExpressionException e) {
            throw new IllegalArgumentException("a mapping that does not compile", e);
        }
    }
}
