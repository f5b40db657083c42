package io.autonomos.schemas.types;

import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.GraphChange;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of {@link TenantRow}: what it is, then that. Its format rises with those of the parts.
 * Format 1 knows no changes of graphs.
 */
public final class TenantRowSerializer extends StreamTypeSerializer<TenantRow> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 2;

    private static final int EVENT = 0;
    private static final int CHANGE = 1;
    private static final int GRAPH = 2;

    private static final TenantRow EMPTY = TenantRow.of(ViewChange.delete("", "", "", 0));

    private final CanonicalEventSerializer events = new CanonicalEventSerializer();
    private final ViewChangeSerializer changes = new ViewChangeSerializer();
    private final MessageSerializer<GraphChange> graphs =
            new MessageSerializer<>(GraphChange.class);

    public TenantRowSerializer() {
        this(FORMAT);
    }

    private TenantRowSerializer(int format) {
        super(format);
    }

    @Override
    void write(TenantRow row, Codec with, DataOutputView out) throws IOException {
        if (row.event() != null) {
            out.writeByte(EVENT);
            events.write(row.event(), with, out);
        } else if (row.change() != null) {
            out.writeByte(CHANGE);
            changes.write(row.change(), with, out);
        } else {
            out.writeByte(GRAPH);
            graphs.serialize(row.graph(), out);
        }
    }

    @Override
    TenantRow read(Codec with, DataInputView in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case EVENT -> TenantRow.of(events.read(with, in));
            case CHANGE -> TenantRow.of(changes.read(with, in));
            case GRAPH -> TenantRow.of(graphs.deserialize(in));
            default -> throw new IOException("A tenant's row of the unknown kind " + kind + ".");
        };
    }

    @Override
    public TenantRowSerializer duplicate() {
        return new TenantRowSerializer(format());
    }

    @Override
    public TenantRow createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<TenantRow> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<TenantRow> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<TenantRow> serializer(int ofFormat) {
            return new TenantRowSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<TenantRow> {

        @Override
        public TypeInformation<TenantRow> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(TenantRow.class, new TenantRowSerializer(), false);
        }
    }
}
