package io.autonomos.schemas.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An entity of the canonical model: its fields in declared order and what identifies a record. */
public final class EntitySchema {

    private final String name;
    private final int version;
    private final String description;
    private final List<String> identity;
    private final List<EntityField> fields;
    private final List<IdentityRule> unify;
    private final List<CandidateRule> candidates;
    private final Map<String, EntityField> byName = new LinkedHashMap<>();

    EntitySchema(
            String name,
            int version,
            String description,
            List<String> identity,
            List<EntityField> fields,
            List<IdentityRule> unify) {
        this(name, version, description, identity, fields, unify, List.of());
    }

    EntitySchema(
            String name,
            int version,
            String description,
            List<String> identity,
            List<EntityField> fields,
            List<IdentityRule> unify,
            List<CandidateRule> candidates) {
        this.name = name;
        this.version = version;
        this.description = description;
        this.identity = List.copyOf(identity);
        this.fields = List.copyOf(fields);
        this.unify = List.copyOf(unify);
        this.candidates = List.copyOf(candidates);
        for (EntityField field : fields) {
            byName.put(field.name(), field);
        }
    }

    /** The same fields, unified by other rules. */
    public EntitySchema with(List<IdentityRule> rules, Function<EntityField, FieldMerge> merges) {
        List<EntityField> merged =
                fields.stream().map(each -> each.with(merges.apply(each))).toList();
        return new EntitySchema(name, version, description, identity, merged, rules);
    }

    public String name() {
        return name;
    }

    /** Rises with each change of the entity's fields; stamped on every event. */
    public int version() {
        return version;
    }

    public String description() {
        return description;
    }

    /** The fields that together identify a record of this entity within its stream. */
    public List<String> identity() {
        return identity;
    }

    /**
     * What makes records of several connections one row, strongest first; by none of them a row is
     * one record.
     */
    public List<IdentityRule> unify() {
        return unify;
    }

    /** What makes two rows candidates for a merge that a person decides about. */
    public List<CandidateRule> candidates() {
        return candidates;
    }

    /** Whether a field says when a record was last changed. */
    public static boolean isClock(String field) {
        return field.equals("updated_at") || field.equals("last_updated");
    }

    /** The field that alone identifies a record, or null where several do. */
    public EntityField soleIdentity() {
        return identity.size() == 1 ? field(identity.get(0)) : null;
    }

    public List<EntityField> fields() {
        return fields;
    }

    /** The field of that name, or null. */
    public EntityField field(String fieldName) {
        return byName.get(fieldName);
    }

    @Override
    public String toString() {
        return "EntitySchema[" + name + " v" + version + "]";
    }
}
