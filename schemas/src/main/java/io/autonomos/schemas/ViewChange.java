package io.autonomos.schemas;

import io.autonomos.schemas.types.ViewChangeSerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One unified row as it stands now, or that it is gone.
 *
 * <p>Changes of one row come in order; the last one per tenant, entity and id wins.
 *
 * @param id of the row, deterministic: it follows from what the records say, not from their order
 * @param eventTime the newest clock of its records, epoch microseconds
 * @param json the row as a {@link io.autonomos.schemas.messages.ViewRow}, UTF-8, on one line; empty
 *     where the row is gone
 * @param values the places of the row's fields in {@code json}; empty where the row is gone
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
@TypeInfo(ViewChangeSerializer.Factory.class)
public record ViewChange(
        String tenant, String entity, String id, long eventTime, byte[] json, int[] values)
        implements EntityJson {

    private static final byte[] GONE = {};
    private static final int[] NO_VALUES = {};

    /** The row is gone. */
    public static ViewChange delete(String tenant, String entity, String id, long eventTime) {
        return new ViewChange(tenant, entity, id, eventTime, GONE, NO_VALUES);
    }

    /** Whether the row is gone. */
    public boolean isDelete() {
        return json.length == 0;
    }
}
