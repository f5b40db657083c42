package io.autonomos.operators.materialize;

import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.CandidateRule;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.IdentityRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** By which of an entity's rules a unified row is like others, and which of two rows stays. */
final class BlockRules {

    private static final char SEPARATOR = '/';

    private record Part(EntityField field, NormalForm form) {}

    private final EntitySchema entity;
    private final Map<String, CandidateRule> rules = new HashMap<>();
    private final Map<String, List<Part>> parts = new HashMap<>();

    BlockRules(EntitySchema entity) {
        this.entity = entity;
        for (CandidateRule rule : entity.candidates()) {
            rules.put(rule.name(), rule);
            parts.put(
                    rule.name(),
                    rule.parts().stream()
                            .map(
                                    part ->
                                            new Part(
                                                    entity.field(part.field()),
                                                    NormalForm.named(part.normalize())))
                            .toList());
        }
    }

    /** The rules and values by which the row is like others, as {@code rule/value}. */
    List<String> blocks(EntityJson row) {
        List<String> blocks = new ArrayList<>();
        for (CandidateRule rule : entity.candidates()) {
            String value = value(rule, row);
            if (value != null) {
                blocks.add(rule.name() + SEPARATOR + value);
            }
        }
        return blocks;
    }

    /** The rule of a block. */
    static String rule(String block) {
        return block.substring(0, block.indexOf(SEPARATOR));
    }

    /** What the rows of a block have in common. */
    static String value(String block) {
        return block.substring(block.indexOf(SEPARATOR) + 1);
    }

    private String value(CandidateRule rule, EntityJson row) {
        List<Part> own = parts.get(rule.name());
        String[] values = new String[own.size()];
        for (int i = 0; i < values.length; i++) {
            Part part = own.get(i);
            String text =
                    EventValues.isPresent(row, part.field())
                            ? EventValues.text(row, part.field())
                            : null;
            values[i] = text == null ? null : part.form().of(text);
            if (values[i] == null || rule.except().contains(values[i])) {
                return null;
            }
        }
        return RowId.of(rule.name(), values).substring(rule.name().length() + 1);
    }

    /** Whether two rows that the rule finds alike are worth a question. */
    boolean isOpen(String rule, String one, String other) {
        CandidateRule declared = rules.get(rule);
        return declared != null
                && !(isMadeBy(declared.unlessBoth(), one)
                        && isMadeBy(declared.unlessBoth(), other));
    }

    private static boolean isMadeBy(List<String> names, String row) {
        return names.contains(kind(row));
    }

    private static String kind(String row) {
        return row.substring(0, Math.max(0, row.indexOf(':')));
    }

    /** Of two rows the one that stays comes first: its identity is the stronger evidence. */
    Comparator<String> strongestFirst() {
        List<String> kinds = entity.unify().stream().map(IdentityRule::name).toList();
        return Comparator.comparingInt(
                        (String row) -> {
                            int at = kinds.indexOf(kind(row));
                            return at < 0 ? kinds.size() : at;
                        })
                .thenComparing(Comparator.naturalOrder());
    }
}
