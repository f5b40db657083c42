package io.autonomos.jobs.verify;

import io.autonomos.schemas.model.EntitySchema;
import java.util.List;
import java.util.function.Consumer;

/** A store of unified rows. */
interface ViewStore {

    /** The name in reports. */
    String name();

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
    record Selection(String tenant, List<EntitySchema> entities) {

        boolean has(String ofTenant) {
            return tenant == null || tenant.equals(ofTenant);
        }
    }
}
