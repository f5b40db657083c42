package io.autonomos.operators.materialize;

import com.dynatrace.hash4j.hashing.Hashing;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EntityJson;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Header;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What one live record says of its unified row.
 *
 * @param version tells it from other versions of the record
 * @param json the tokens of its fields, one after the other
 * @param values where each token stands
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
record Contribution(
        StreamKey key,
        String source,
        String recordId,
        long eventTime,
        String mapping,
        int mappingVersion,
        long version,
        byte[] json,
        int[] values)
        implements EntityJson {

    /** Records by their clock, newest first; those of one clock by their address. */
    static final Comparator<Contribution> NEWEST_FIRST =
            Comparator.comparingLong(Contribution::eventTime)
                    .reversed()
                    .thenComparing(Contribution::key)
                    .thenComparing(Contribution::recordId);

    /** The fields of an event, without its envelope. */
    static Contribution of(CanonicalEvent event) {
        int[] values = event.values();
        int length = 0;
        for (int i = 0; i < values.length; i += 2) {
            length += values[i] < 0 ? 0 : values[i + 1] - values[i];
        }
        byte[] tokens = new byte[length];
        int[] places = new int[values.length];
        Arrays.fill(places, -1);
        int at = 0;
        for (int i = 0; i < values.length; i += 2) {
            if (values[i] >= 0) {
                int size = values[i + 1] - values[i];
                System.arraycopy(event.json(), values[i], tokens, at, size);
                places[i] = at;
                at += size;
                places[i + 1] = at;
            }
        }
        return new Contribution(
                event.key(),
                event.source(),
                event.recordId(),
                event.eventTime(),
                event.mapping(),
                event.mappingVersion(),
                versionOf(event.id()),
                tokens,
                places);
    }

    /** What stands for the id of an event. */
    static long versionOf(String eventId) {
        return Hashing.xxh3_64().hashCharsToLong(eventId);
    }

    void write(Codec with, DataOutputView out) throws IOException {
        with.writeHeader(key, source, mapping, null, null, mappingVersion, out);
        with.writeText(recordId, out);
        out.writeLong(eventTime);
        out.writeLong(version);
        Wire.writeBytes(json, out);
        Wire.writeOffsets(values, out);
    }

    /**
     * Reads it.
     *
     * @param versioned whether the version was written; before rules could change it was not
     */
    static Contribution read(boolean versioned, Codec with, DataInputView in) throws IOException {
        Header header = with.readHeader(in);
        String recordId = with.readText(in);
        long eventTime = in.readLong();
        return new Contribution(
                header.key(),
                header.first(),
                recordId,
                eventTime,
                header.second(),
                header.number(),
                versioned ? in.readLong() : 0,
                Wire.readBytes(in),
                Wire.readOffsets(in));
    }
}
