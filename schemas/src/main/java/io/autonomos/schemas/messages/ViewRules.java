package io.autonomos.schemas.messages;

import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldMerge;
import io.autonomos.schemas.model.IdentityRule;
import io.autonomos.schemas.model.MergeRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tenant's own rules for unified rows, as policies on the control topic say them. What is not
 * usable is left out, so that the entity file's rule holds.
 *
 * <ul>
 *   <li>{@code view-sources.<entity>}: kinds of systems, the first one first, for all fields that
 *       are merged by source priority
 *   <li>{@code view-merge.<entity>.<field>}: the name of a {@link MergeRule}
 *   <li>{@code view-identity.<entity>}: names of the entity's own rules, the strongest first, or
 *       {@code record} where each record is a row
 * </ul>
 *
 * @param settings by name, only usable ones
 */
public record ViewRules(Map<String, String> settings) {

    /** A tenant that has no rules of its own. */
    public static final ViewRules NONE = new ViewRules(Map.of());

    /** Begins the names of source priorities. */
    public static final String SOURCES = "view-sources.";

    /** Begins the names of merge rules. */
    public static final String MERGE = "view-merge.";

    /** Begins the names of identity rules. */
    public static final String IDENTITY = "view-identity.";

    private static final String SOURCE = "[a-z0-9][a-z0-9_-]{0,63}";
    private static final int MOST_SOURCES = 50;

    public ViewRules {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Whether a policy of that name is such a rule. */
    public static boolean isRule(String name) {
        return name.startsWith(SOURCES) || name.startsWith(MERGE) || name.startsWith(IDENTITY);
    }

    /** The rules in force for a tenant. */
    public static ViewRules of(Controls controls, String tenant, EntityModel model) {
        Map<String, String> said = new TreeMap<>();
        for (ControlMessage message : controls.sources(tenant)) {
            message.policies()
                    .forEach(
                            (name, value) -> {
                                if (isRule(name) && problem(model, name, value) == null) {
                                    said.putIfAbsent(name, value);
                                }
                            });
        }
        return said.isEmpty() ? NONE : new ViewRules(said);
    }

    /**
     * Why a rule is not usable, and what is; null where it is usable. The value is not repeated.
     */
    public static String problem(EntityModel model, String name, String value) {
        String[] parts = name.split("\\.", -1);
        EntitySchema entity = parts.length < 2 ? null : model.entity(parts[1]);
        if (entity == null) {
            List<String> names = model.entities().stream().map(EntitySchema::name).toList();
            return "the part after the first dot must be an entity: " + String.join(", ", names);
        }
        if (name.startsWith(MERGE)) {
            EntityField field = parts.length == 3 ? entity.field(parts[2]) : null;
            return field == null
                    ? "the part after the second dot must be a field of "
                            + entity.name()
                            + ": "
                            + String.join(", ", fields(entity))
                    : mergeProblem(field, value);
        }
        if (parts.length != 2) {
            return "its name must end with the entity";
        }
        return name.startsWith(SOURCES) ? sourcesProblem(value) : identityProblem(entity, value);
    }

    private static String mergeProblem(EntityField field, String value) {
        if (field.merge().follows() != null) {
            return "its value comes with that of "
                    + field.merge().follows()
                    + "; set the rule of that field";
        }
        List<String> usable =
                Arrays.stream(MergeRule.values())
                        .filter(rule -> rule.isFor(field.type()))
                        .map(MergeRule::key)
                        .toList();
        return usable.contains(value) ? null : "must be one of " + String.join(", ", usable);
    }

    private static String sourcesProblem(String value) {
        List<String> sources = list(value);
        boolean named = sources.stream().allMatch(each -> each.matches(SOURCE));
        if (!named || isRepeated(sources) || sources.size() > MOST_SOURCES) {
            return "must be kinds of systems joined by commas, the first one first, each once, as"
                    + " hubspot,salesforce";
        }
        return null;
    }

    private static String identityProblem(EntitySchema entity, String value) {
        List<String> known = entity.unify().stream().map(IdentityRule::name).toList();
        List<String> rules = list(value);
        if (value.equals(IdentityRule.RECORD)
                || (known.containsAll(rules) && !isRepeated(rules) && !known.isEmpty())) {
            return null;
        }
        return known.isEmpty()
                ? "must be record: the entity has no other rule"
                : "must be record, or some of %s joined by commas, the strongest first"
                        .formatted(String.join(", ", known));
    }

    private static boolean isRepeated(List<String> names) {
        return new HashSet<>(names).size() < names.size();
    }

    private static List<String> fields(EntitySchema entity) {
        return entity.fields().stream().map(EntityField::name).toList();
    }

    private static List<String> list(String value) {
        return List.of(value.split(",", -1));
    }

    /** The model with these rules in place of its own. */
    public EntityModel applyTo(EntityModel model) {
        if (settings.isEmpty()) {
            return model;
        }
        return EntityModel.of(
                model.entities().stream().map(this::applyTo).toArray(EntitySchema[]::new));
    }

    private EntitySchema applyTo(EntitySchema entity) {
        String identity = settings.get(IDENTITY + entity.name());
        List<IdentityRule> rules = new ArrayList<>();
        if (identity == null) {
            rules.addAll(entity.unify());
        } else if (!identity.equals(IdentityRule.RECORD)) {
            for (String name : list(identity)) {
                entity.unify().stream().filter(r -> r.name().equals(name)).forEach(rules::add);
            }
        }
        return entity.with(rules, field -> merge(entity, field));
    }

    /** By source priority where nobody says a priority, all sources are alike. */
    private FieldMerge merge(EntitySchema entity, EntityField field) {
        FieldMerge merge = field.merge();
        String wanted = settings.get(MERGE + entity.name() + '.' + field.name());
        MergeRule rule = wanted == null ? merge.rule() : MergeRule.of(wanted);
        String sources = settings.get(SOURCES + entity.name());
        return new FieldMerge(
                rule,
                rule != MergeRule.SOURCE_PRIORITY || sources == null
                        ? merge.sources()
                        : list(sources),
                merge.follows(),
                merge.references());
    }
}
