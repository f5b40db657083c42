package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.types.CanonicalEventSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.StringValue;

/**
 * The sink's state. Version 1: the format of the events' own serializer, the tenant, the number of
 * events, the events.
 */
public final class TenantEventsSerializer implements SimpleVersionedSerializer<TenantEvents> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(TenantEvents piece) throws IOException {
        CanonicalEventSerializer serializer = new CanonicalEventSerializer();
        DataOutputSerializer out = new DataOutputSerializer(estimate(piece));
        out.writeInt(serializer.format());
        StringValue.writeString(piece.tenant(), out);
        out.writeInt(piece.events().size());
        for (CanonicalEvent event : piece.events()) {
            serializer.serialize(event, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public TenantEvents deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    ("State of the DuckDB sink is in version %d, but only %d is known: start it"
                                    + " with the release that wrote the savepoint, or a newer one.")
                            .formatted(version, VERSION));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        TypeSerializer<CanonicalEvent> serializer = eventSerializer(in.readInt(), in);
        String tenant = StringValue.readString(in);
        int count = in.readInt();
        List<CanonicalEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(serializer.deserialize(in));
        }
        return new TenantEvents(tenant, events);
    }

    private static TypeSerializer<CanonicalEvent> eventSerializer(
            int format, DataInputDeserializer in) throws IOException {
        CanonicalEventSerializer.Snapshot snapshot = new CanonicalEventSerializer.Snapshot();
        snapshot.readSnapshot(format, in, TenantEventsSerializer.class.getClassLoader());
        return snapshot.restoreSerializer();
    }

    private static int estimate(TenantEvents piece) {
        long bytes = 64;
        for (CanonicalEvent event : piece.events()) {
            bytes += event.json().length + 256L;
        }
        return (int) Math.min(bytes, 1 << 26);
    }
}
