package io.autonomos.operators.materialize;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.IdentityRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A source record in a unified row.
 *
 * @param contribution what it says; null for a record that left, or has not joined yet, while its
 *     references are on their way
 * @param links its references whose rows are known
 */
record Member(StreamKey key, String recordId, Contribution contribution, List<Link> links) {

    /** The order of a row's links. */
    static final Comparator<Member> BY_ADDRESS =
            Comparator.comparing(Member::key).thenComparing(Member::recordId);

    /** The member after an update, or null where nothing is left of it. */
    Member with(RowUpdate update) {
        if (update.link() == null) {
            return update.contribution() == null && links.isEmpty()
                    ? null
                    : new Member(key, recordId, update.contribution(), links);
        }
        List<Link> next = new ArrayList<>(links);
        next.removeIf(update.link()::isSameReference);
        if (update.link().row() != null) {
            next.add(update.link());
        }
        return contribution == null && next.isEmpty()
                ? null
                : new Member(key, recordId, contribution, List.copyOf(next));
    }

    /**
     * The row that a reference means, or a text that says it is not known.
     *
     * @param entities that the field can refer to, the likeliest first
     */
    String row(int field, List<String> entities, String id) {
        for (String entity : entities) {
            for (Link link : links) {
                if (link.field() == field && link.entity().equals(entity) && link.id().equals(id)) {
                    return link.row();
                }
            }
        }
        return RowId.of(IdentityRule.UNRESOLVED, key.connection(), id);
    }
}
