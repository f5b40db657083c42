package io.autonomos.schemas.types;

import io.autonomos.schemas.ViewChange;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link ViewChange}. */
public final class ViewChangeSerializer extends StreamTypeSerializer<ViewChange> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final ViewChange EMPTY = ViewChange.delete("", "", "", 0);

    public ViewChangeSerializer() {
        this(FORMAT);
    }

    private ViewChangeSerializer(int format) {
        super(format);
    }

    @Override
    void write(ViewChange change, Codec with, DataOutputView out) throws IOException {
        with.writeText(change.tenant(), out);
        with.writeText(change.entity(), out);
        with.writeText(change.id(), out);
        out.writeLong(change.eventTime());
        Wire.writeBytes(change.json(), out);
        Wire.writeOffsets(change.values(), out);
    }

    @Override
    ViewChange read(Codec with, DataInputView in) throws IOException {
        return new ViewChange(
                with.readName(in),
                with.readName(in),
                with.readText(in),
                in.readLong(),
                Wire.readBytes(in),
                Wire.readOffsets(in));
    }

    @Override
    public ViewChangeSerializer duplicate() {
        return new ViewChangeSerializer(format());
    }

    @Override
    public ViewChange createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<ViewChange> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<ViewChange> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<ViewChange> serializer(int ofFormat) {
            return new ViewChangeSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<ViewChange> {

        @Override
        public TypeInformation<ViewChange> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(ViewChange.class, new ViewChangeSerializer(), false);
        }
    }
}
