package io.autonomos.mappings.infer;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.scan.SourcePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How systems call the canonical fields: the names that mappings read them from. */
final class Vocabulary {

    private static final Map<String, Set<String>> ENTITY_WORDS =
            Map.of(
                    "account",
                            Set.of(
                                    "account",
                                    "company",
                                    "organization",
                                    "organisation",
                                    "org",
                                    "customer",
                                    "client",
                                    "business"),
                    "contact", Set.of("contact", "person", "people"),
                    "opportunity", Set.of("opportunity", "deal", "opp"),
                    "lead", Set.of("lead", "prospect"),
                    "ticket", Set.of("ticket", "case", "issue", "incident"),
                    "user", Set.of("user", "owner", "agent", "member", "employee"),
                    "aws_resources", Set.of("resource", "instance", "bucket"),
                    "cost_reports", Set.of("line", "item", "bill"),
                    "health", Set.of("health"),
                    "usage", Set.of("usage"));

    private final Map<String, Map<String, Set<String>>> aliases = new HashMap<>();
    private final Map<String, Set<String>> anywhere = new HashMap<>();

    Vocabulary(Collection<Mapping> mappings) {
        for (Mapping mapping : mappings) {
            for (FieldRule rule : mapping.fields()) {
                for (SourcePath path : rule.from()) {
                    add(mapping.entity(), rule.name(), path);
                }
            }
        }
    }

    private void add(String entity, String field, SourcePath path) {
        Set<String> names = new HashSet<>();
        StringBuilder all = new StringBuilder();
        String last = "";
        for (SourcePath.Step step : path.steps()) {
            if (step.name() != null) {
                last = step.name();
                all.append(Names.key(step.name()));
            }
        }
        names.add(Names.key(last));
        names.add(all.toString());
        names.removeIf(name -> Set.of("value", "id", "name", "").contains(name));
        if (path.steps().size() == 1) {
            names.add(Names.key(last));
        }
        aliases.computeIfAbsent(entity, e -> new HashMap<>())
                .computeIfAbsent(field, f -> new HashSet<>())
                .addAll(names);
        anywhere.computeIfAbsent(field, f -> new HashSet<>()).addAll(names);
    }

    /** Whether some system calls the entity's field so. */
    boolean knows(String entity, String field, String key) {
        return aliases.getOrDefault(entity, Map.of()).getOrDefault(field, Set.of()).contains(key);
    }

    /** Whether some system calls the field of that name so, on any entity. */
    boolean knowsAnywhere(String field, String key) {
        return anywhere.getOrDefault(field, Set.of()).contains(key);
    }

    /** The names known of an entity's field. */
    Set<String> names(String entity, String field) {
        return aliases.getOrDefault(entity, Map.of()).getOrDefault(field, Set.of());
    }

    /** The words without those that name the entity itself; all of them where no other is left. */
    static List<String> withoutEntity(String entity, List<String> words) {
        Set<String> own = ENTITY_WORDS.getOrDefault(entity, Set.of());
        List<String> left = words.stream().filter(word -> !own.contains(word)).toList();
        return left.isEmpty() ? words : left;
    }

    /** The words that systems call an entity by. */
    static Set<String> entityWords(String entity) {
        return ENTITY_WORDS.getOrDefault(entity, Set.of(entity));
    }
}
