package io.autonomos.jobs.verify;

import io.autonomos.schemas.model.EntitySchema;
import java.util.List;
import java.util.function.Consumer;

/** A store of unified rows, and mostly of what is made of them. */
interface ViewStore {

    /** The name in reports. */
    String name();

    /** Whether it holds the relation at all; it is not asked for what it does not hold. */
    boolean holds(Relation relation);

    /** Hands every row of the selection over, in any order. */
    void read(Selection selection, Consumer<RowImage> each) throws Exception;

    /** Hands the hash of every row of the selection over, in any order. */
    default void hashes(Selection selection, HashConsumer each) throws Exception {
        read(selection, row -> each.accept(row.key(), row.id(), selection.hash(row)));
    }

    /** Takes the hashes of rows. */
    @FunctionalInterface
    interface HashConsumer {
        void accept(ViewKey key, String id, RowHash hash);
    }

    /**
     * What to read.
     *
     * @param tenant null for all
     * @param mappings whether it counts which mapping made a unified row, and in which version
     */
    record Selection(String tenant, List<Relation> relations, boolean mappings) {

        /** The part that a store holds. */
        Selection in(ViewStore store) {
            return of(relations.stream().filter(store::holds).toList());
        }

        /** The entities among the relations. */
        List<EntitySchema> entities() {
            return relations.stream()
                    .filter(Relation.Rows.class::isInstance)
                    .map(each -> ((Relation.Rows) each).entity())
                    .toList();
        }

        /** The same of other relations. */
        Selection of(List<Relation> others) {
            return new Selection(tenant, others, mappings);
        }

        /** The row with what counts. */
        RowImage seen(RowImage row) {
            String name = row.key().entity();
            boolean isRow =
                    relations.stream()
                            .anyMatch(e -> e instanceof Relation.Rows && e.name().equals(name));
            return mappings || !isRow ? row : row.withoutMappings();
        }

        /** The hash of what counts of the row. */
        RowHash hash(RowImage row) {
            return seen(row).hash();
        }

        boolean has(String ofTenant) {
            return tenant == null || tenant.equals(ofTenant);
        }
    }
}
