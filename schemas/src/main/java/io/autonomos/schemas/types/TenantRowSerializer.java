package io.autonomos.schemas.types;

import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of {@link TenantRow}: whether it is a change, then the one or the other. Its format
 * rises with either of theirs.
 */
public final class TenantRowSerializer extends StreamTypeSerializer<TenantRow> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final TenantRow EMPTY = TenantRow.of(ViewChange.delete("", "", "", 0));

    private final CanonicalEventSerializer events = new CanonicalEventSerializer();
    private final ViewChangeSerializer changes = new ViewChangeSerializer();

    public TenantRowSerializer() {
        this(FORMAT);
    }

    private TenantRowSerializer(int format) {
        super(format);
    }

    @Override
    void write(TenantRow row, Codec with, DataOutputView out) throws IOException {
        boolean isChange = row.change() != null;
        out.writeBoolean(isChange);
        if (isChange) {
            changes.write(row.change(), with, out);
        } else {
            events.write(row.event(), with, out);
        }
    }

    @Override
    TenantRow read(Codec with, DataInputView in) throws IOException {
        return in.readBoolean()
                ? TenantRow.of(changes.read(with, in))
                : TenantRow.of(events.read(with, in));
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
