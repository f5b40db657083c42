package io.autonomos.schemas;

import io.autonomos.schemas.types.ObservationSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What the translating stage tells of a stream: a record that it looked at, the mapping that the
 * record went through, and what is held back so far.
 *
 * @param mapping the content of the mapping version in effect, or null for a shipped mapping
 * @param mappingVersion its number
 * @param record a sample, or a record that lost something
 * @param lost canonical fields that the record has lost; none for a sample
 * @param confirmed whether enough records lost fields that it is no odd record
 * @param parked how many records of the stream wait
 * @param at when it was made, epoch milliseconds
 */
@TypeInfo(ObservationSerializer.Factory.class)
public record Observation(
        StreamKey key,
        String source,
        String mapping,
        int mappingVersion,
        RawRecord record,
        List<String> lost,
        boolean confirmed,
        long parked,
        long at) {

    public Observation {
        lost = List.copyOf(lost);
    }
}
