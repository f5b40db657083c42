package io.autonomos.operators.materialize;

import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import io.autonomos.schemas.model.IdentityRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the unified row of a record: by the first rule of its entity whose fields it has, else the
 * row is the record alone.
 */
final class Identity {

    private record Part(EntityField field, NormalForm form) {}

    private record Rule(String name, List<Part> parts, Set<String> except) {}

    private final List<Rule> rules = new ArrayList<>();

    Identity(EntitySchema entity) {
        for (IdentityRule rule : entity.unify()) {
            List<Part> parts =
                    rule.parts().stream()
                            .map(
                                    part ->
                                            new Part(
                                                    entity.field(part.field()),
                                                    NormalForm.named(part.normalize())))
                            .toList();
            rules.add(new Rule(rule.name(), parts, new HashSet<>(rule.except())));
        }
    }

    /** The id of the row that the record belongs to. */
    String row(EntityJson record, StreamKey key, String recordId) {
        for (Rule rule : rules) {
            String id = row(rule, record);
            if (id != null) {
                return id;
            }
        }
        return RowId.of(IdentityRule.RECORD, key.connection(), key.stream(), recordId);
    }

    private static String row(Rule rule, EntityJson record) {
        String[] parts = new String[rule.parts().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(rule.parts().get(i), record);
            if (parts[i] == null || rule.except().contains(parts[i])) {
                return null;
            }
        }
        return RowId.of(rule.name(), parts);
    }

    /** The normal form; of a list the first one in alphabetical order, whatever its own order. */
    private static String part(Part part, EntityJson record) {
        if (!EventValues.isPresent(record, part.field())) {
            return null;
        }
        if (part.field().type() == FieldType.TEXT_LIST) {
            return EventValues.textList(record, part.field()).stream()
                    .filter(Objects::nonNull)
                    .map(part.form()::of)
                    .filter(Objects::nonNull)
                    .min(String::compareTo)
                    .orElse(null);
        }
        return part.form().of(EventValues.text(record, part.field()));
    }
}
