package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.types.CanonicalEventSerializer;
import io.autonomos.schemas.types.StreamTypeSnapshot;
import io.autonomos.schemas.types.TenantRowSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.StringValue;

/**
 * The sink's state. Version 2: the format of the rows' own serializer, the tenant, the number of
 * writers, the number of rows, the rows. Version 1, which is still read, has canonical events for
 * rows and no number of writers.
 */
public final class TenantRowsSerializer implements SimpleVersionedSerializer<TenantRows> {

    private static final int VERSION = 2;
    private static final int ONLY_EVENTS = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(TenantRows piece) throws IOException {
        TenantRowSerializer serializer = new TenantRowSerializer();
        DataOutputSerializer out = new DataOutputSerializer(estimate(piece));
        out.writeInt(serializer.format());
        StringValue.writeString(piece.tenant(), out);
        out.writeInt(piece.writers());
        out.writeInt(piece.rows().size());
        for (TenantRow row : piece.rows()) {
            serializer.serialize(row, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public TenantRows deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION && version != ONLY_EVENTS) {
            throw new IOException(
                    ("State of the DuckDB sink is in version %d, but only %d and %d are known:"
                                    + " start it with the release that wrote the savepoint, or a"
                                    + " newer one.")
                            .formatted(version, ONLY_EVENTS, VERSION));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int format = in.readInt();
        List<TenantRow> rows = new ArrayList<>();
        if (version == ONLY_EVENTS) {
            TypeSerializer<CanonicalEvent> events =
                    restore(new CanonicalEventSerializer.Snapshot(), format, in);
            String tenant = StringValue.readString(in);
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                rows.add(TenantRow.of(events.deserialize(in)));
            }
            return new TenantRows(tenant, 0, rows);
        }
        TypeSerializer<TenantRow> serializer =
                restore(new TenantRowSerializer.Snapshot(), format, in);
        String tenant = StringValue.readString(in);
        int writers = in.readInt();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            rows.add(serializer.deserialize(in));
        }
        return new TenantRows(tenant, writers, rows);
    }

    private static <T> TypeSerializer<T> restore(
            StreamTypeSnapshot<T> snapshot, int format, DataInputDeserializer in)
            throws IOException {
        snapshot.readSnapshot(format, in, TenantRowsSerializer.class.getClassLoader());
        return snapshot.restoreSerializer();
    }

    private static int estimate(TenantRows piece) {
        long bytes = 64;
        for (TenantRow row : piece.rows()) {
            bytes += TenantBatch.size(row);
        }
        return (int) Math.min(bytes, 1 << 26);
    }
}
