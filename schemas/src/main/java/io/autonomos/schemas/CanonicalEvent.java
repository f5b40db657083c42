package io.autonomos.schemas;

import io.autonomos.schemas.types.CanonicalEventSerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A translated record in its envelope.
 *
 * <p>The envelope is rendered once, as the JSON that goes to Kafka; the typed values are read from
 * it in place through {@link EventValues}.
 *
 * @param id deterministic: the same source version of the same record always has the same id
 * @param op {@link RawRecord#UPSERT} or {@link RawRecord#DELETE}
 * @param eventTime the source's own clock, epoch microseconds; the version guard of the stores
 * @param position orders events with equal {@code eventTime}
 * @param json the whole envelope, UTF-8, on one line
 * @param extrasStart start of the {@code extras} object inside {@code json}
 * @param extrasEnd end of the {@code extras} object inside {@code json}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
@TypeInfo(CanonicalEventSerializer.Factory.class)
public record CanonicalEvent(
        String id,
        StreamKey key,
        String source,
        String entity,
        String op,
        String recordId,
        long eventTime,
        long position,
        String mapping,
        int mappingVersion,
        byte[] json,
        int[] values,
        int extrasStart,
        int extrasEnd)
        implements EntityJson {

    /** Whether the record is gone at its source. */
    public boolean isDelete() {
        return RawRecord.DELETE.equals(op);
    }
}
