package io.autonomos.operators.materialize;

import io.autonomos.operators.materialize.MaterializeSettings.RowLimits;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Makes the unified row of a set of source records, by the rules of their entity. The same set
 * gives the same bytes, whatever order it comes in.
 */
final class RowMerger {

    private static final Comparator<Member> NEWEST_FIRST =
            Comparator.comparing(Member::contribution, Contribution.NEWEST_FIRST);

    private final EntitySchema entity;

    /** The field that holds the row's own id, or null where records keep theirs. */
    private final EntityField ownId;

    private final RowWriter writer;

    /**
     * @param isTarget whether other entities refer to this one: its own id is the row's then, so
     *     that their references and its id can be joined
     */
    RowMerger(EntitySchema entity, boolean isTarget, RowLimits limits) {
        this.entity = entity;
        ownId = isTarget ? entity.soleIdentity() : null;
        writer = new RowWriter(entity, ownId, limits);
    }

    /**
     * The row of these records.
     *
     * @param live records that say something, at least one
     */
    ViewChange merge(String tenant, String row, List<Member> live) {
        List<Member> newest = new ArrayList<>(live);
        newest.sort(NEWEST_FIRST);
        List<Merged> fields = new ArrayList<>(Collections.nCopies(entity.fields().size(), null));
        for (EntityField field : entity.fields()) {
            if (field.merge().follows() == null && !field.equals(ownId)) {
                fields.set(field.index(), Merged.of(field, newest, null));
            }
        }
        for (EntityField field : entity.fields()) {
            if (field.merge().follows() != null && !field.equals(ownId)) {
                Merged leader = fields.get(entity.field(field.merge().follows()).index());
                fields.set(field.index(), Merged.of(field, newest, leader));
            }
        }
        List<Member> byAddress = new ArrayList<>(live);
        byAddress.sort(Member.BY_ADDRESS);
        long newestClock = newest.get(0).contribution().eventTime();
        return writer.write(tenant, row, newestClock, fields, byAddress);
    }
}
