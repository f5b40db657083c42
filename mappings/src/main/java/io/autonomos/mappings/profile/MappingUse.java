package io.autonomos.mappings.profile;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which canonical field reads which places of a record. */
public final class MappingUse {

    private static final Pattern REFERENCE =
            Pattern.compile(
                    "\\brecord((?:\\.\\w+|\\[\"[^\"]+\"\\]|\\['[^']+'\\]|\\[\\d+\\])+)(\\()?");
    private static final Pattern STEP =
            Pattern.compile("\\.(\\w+)|\\[\"([^\"]+)\"\\]|\\['([^']+)'\\]|\\[(\\d+)\\]");

    private final Map<String, Set<SourcePath>> paths = new LinkedHashMap<>();

    private MappingUse() {}

    /** What a mapping reads. */
    public static MappingUse of(Mapping mapping) {
        MappingUse use = new MappingUse();
        for (FieldRule rule : mapping.fields()) {
            Set<SourcePath> read = new LinkedHashSet<>(rule.from());
            read.addAll(references(rule.expression()));
            use.paths.put(rule.name(), read);
        }
        return use;
    }

    /** The places that a canonical field reads, in order; empty where it reads none. */
    public Set<SourcePath> paths(String field) {
        return paths.getOrDefault(field, Set.of());
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

    /** The places that an expression names. */
    public static Set<SourcePath> references(Code code) {
        Set<SourcePath> found = new LinkedHashSet<>();
        if (code == null) {
            return found;
        }
        Matcher reference = REFERENCE.matcher(code.text());
        while (reference.find()) {
            List<SourcePath.Step> steps = new ArrayList<>();
            Matcher step = STEP.matcher(reference.group(1));
            while (step.find()) {
                steps.add(step(step));
            }
            boolean isCall = reference.group(2) != null;
            if (isCall) {
                steps.remove(steps.size() - 1);
            }
            if (!steps.isEmpty()) {
                found.add(new SourcePath(steps));
            }
        }
        return found;
    }

    private static SourcePath.Step step(Matcher step) {
        if (step.group(4) != null) {
            return new SourcePath.Step(null, Integer.parseInt(step.group(4)));
        }
        String name = step.group(1);
        name = name != null ? name : step.group(2);
        return new SourcePath.Step(name != null ? name : step.group(3), 0);
    }
}
