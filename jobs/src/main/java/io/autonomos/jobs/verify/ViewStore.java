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
        read(selection, row -> each.accept(row.key(), row.id(), row.hash()));
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
     */
    record Selection(String tenant, List<Relation> relations) {

        /** The part that a store holds. */
        Selection in(ViewStore store) {
            return new Selection(tenant, relations.stream().filter(store::holds).toList());
        }

        /** The entities among the relations. */
        List<EntitySchema> entities() {
            return relations.stream()
                    .filter(Relation.Rows.class::isInstance)
                    .map(each -> ((Relation.Rows) each).entity())
                    .toList();
        }

        boolean has(String ofTenant) {
            return tenant == null || tenant.equals(ofTenant);
        }
    }
}
