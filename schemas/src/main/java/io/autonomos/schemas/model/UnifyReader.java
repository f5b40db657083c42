package io.autonomos.schemas.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads how records are unified from an entity file.
 *
 * <p>Of the entity: {@code x-unify}, a list of {@code {"rule": name, "fields": {field: normal
 * form}, "except": [normal form]}}, and {@code x-candidates}, a list of the same with {@code
 * "unless-both": [rule of x-unify]}. Of a field: {@code x-merge}, {@code x-sources}, {@code
 * x-follows}, {@code x-references}.
 */
final class UnifyReader {

    private static final String RULE_NAME = "[a-z][a-z0-9-]{0,20}";

    private UnifyReader() {}

    static List<IdentityRule> rules(String file, JsonNode root, List<EntityField> fields) {
        List<IdentityRule> rules = new ArrayList<>();
        for (JsonNode node : root.path("x-unify")) {
            String name = node.path("rule").asText("");
            boolean reserved =
                    name.equals(IdentityRule.RECORD) || name.equals(IdentityRule.UNRESOLVED);
            if (!name.matches(RULE_NAME) || reserved) {
                throw EntityModel.invalid(
                        file,
                        "x-unify: a rule's name must be lower-case letters, digits and hyphens, and"
                                + " neither record nor unresolved");
            }
            if (rules.stream().anyMatch(rule -> rule.name().equals(name))) {
                throw EntityModel.invalid(file, "x-unify: two rules are named " + name);
            }
            List<IdentityRule.Part> parts = parts(file, "x-unify", name, node, fields);
            rules.add(new IdentityRule(name, parts, EntityModel.texts(node.path("except"))));
        }
        fields.stream()
                .filter(field -> field.merge().follows() != null)
                .forEach(field -> requireLeader(file, field, fields));
        return rules;
    }

    private static List<IdentityRule.Part> parts(
            String file, String key, String name, JsonNode node, List<EntityField> fields) {
        List<IdentityRule.Part> parts = new ArrayList<>();
        node.path("fields")
                .properties()
                .forEach(e -> parts.add(new IdentityRule.Part(e.getKey(), e.getValue().asText())));
        if (parts.isEmpty()) {
            throw EntityModel.invalid(file, key + ": rule " + name + " needs fields");
        }
        EntityModel.requireFields(
                file, key, parts.stream().map(IdentityRule.Part::field).toList(), fields);
        return parts;
    }

    static List<CandidateRule> candidates(String file, JsonNode root, List<EntityField> fields) {
        List<String> identities = new ArrayList<>();
        root.path("x-unify").forEach(each -> identities.add(each.path("rule").asText("")));
        List<CandidateRule> rules = new ArrayList<>();
        for (JsonNode node : root.path("x-candidates")) {
            String name = node.path("rule").asText("");
            if (!name.matches(RULE_NAME)) {
                throw EntityModel.invalid(
                        file,
                        "x-candidates: a rule's name must be lower-case letters, digits and hyphens");
            }
            if (rules.stream().anyMatch(rule -> rule.name().equals(name))) {
                throw EntityModel.invalid(file, "x-candidates: two rules are named " + name);
            }
            List<String> unless = EntityModel.texts(node.path("unless-both"));
            if (!identities.containsAll(unless)) {
                throw EntityModel.invalid(
                        file,
                        "x-candidates: unless-both of %s must name rules of x-unify: %s"
                                .formatted(name, identities));
            }
            rules.add(
                    new CandidateRule(
                            name,
                            parts(file, "x-candidates", name, node, fields),
                            EntityModel.texts(node.path("except")),
                            unless));
        }
        return rules;
    }

    private static void requireLeader(String file, EntityField field, List<EntityField> fields) {
        String leader = field.merge().follows();
        EntityModel.requireFields(file, "x-follows", List.of(leader), fields);
        boolean leads =
                fields.stream()
                        .filter(f -> f.name().equals(leader))
                        .allMatch(f -> f.merge().follows() == null);
        if (!leads) {
            throw EntityModel.invalid(
                    file, field.name() + " follows " + leader + ", which follows itself");
        }
    }

    static FieldMerge merge(String file, String name, FieldType type, JsonNode node) {
        String key = node.path("x-merge").asText(MergeRule.NEWEST.key());
        MergeRule rule = MergeRule.of(key);
        if (rule == null || !rule.isFor(type)) {
            throw EntityModel.invalid(
                    file,
                    "%s has the merge rule %s, which is not one of %s for its type"
                            .formatted(name, key, MergeRule.keys()));
        }
        List<String> sources = EntityModel.texts(node.path("x-sources"));
        if (sources.isEmpty() == (rule == MergeRule.SOURCE_PRIORITY)) {
            throw EntityModel.invalid(
                    file, name + " needs x-sources for source-priority, and only for that");
        }
        JsonNode follows = node.path("x-follows");
        List<String> references = EntityModel.texts(node.path("x-references"));
        if (!references.isEmpty() && type != FieldType.TEXT) {
            throw EntityModel.invalid(file, name + " has x-references but is no text");
        }
        return new FieldMerge(
                rule, sources, follows.isMissingNode() ? null : follows.asText(), references);
    }
}
