package io.autonomos.schemas;

import io.autonomos.schemas.messages.RepairHints;
import io.autonomos.schemas.types.RepairTaskSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A drift that records wait for, with all that a repair is worked out from.
 *
 * @param mapping the content of the mapping version that the drift broke, or null for a shipped
 *     mapping
 * @param mappingVersion its number
 * @param baseline what the stream was like before, in the form of the detecting stage
 * @param event the drift event, as JSON
 * @param lost canonical fields that the records can no longer give
 * @param suspect canonical fields whose values mean something else
 * @param records some of the records that drifted, in order
 * @param parked how many records of the stream wait
 * @param at when it was made, epoch milliseconds
 * @param hints what is remembered of such changes, and the tenant's thresholds
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
@TypeInfo(RepairTaskSerializer.Factory.class)
public record RepairTask(
        StreamKey key,
        String source,
        String mapping,
        int mappingVersion,
        byte[] baseline,
        byte[] event,
        List<String> lost,
        List<String> suspect,
        List<RawRecord> records,
        long parked,
        long at,
        RepairHints hints) {

    public RepairTask {
        lost = List.copyOf(lost);
        suspect = List.copyOf(suspect);
        records = List.copyOf(records);
    }

    /** The same with other hints. */
    public RepairTask with(RepairHints others) {
        return new RepairTask(
                key,
                source,
                mapping,
                mappingVersion,
                baseline,
                event,
                lost,
                suspect,
                records,
                parked,
                at,
                others);
    }
}
