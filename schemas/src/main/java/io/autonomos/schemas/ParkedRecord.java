package io.autonomos.schemas;

import io.autonomos.schemas.types.ParkedRecordSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A record that waits for its mapping to be mended.
 *
 * @param recordId its id, or null where the mapping finds none
 * @param lost canonical fields that it has lost; none where it waits for an earlier record
 * @param at since when, epoch milliseconds
 */
@TypeInfo(ParkedRecordSerializer.Factory.class)
public record ParkedRecord(RawRecord record, String recordId, List<String> lost, long at) {

    public ParkedRecord {
        lost = List.copyOf(lost);
    }
}
