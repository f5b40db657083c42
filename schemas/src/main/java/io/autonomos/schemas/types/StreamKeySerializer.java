package io.autonomos.schemas.types;

import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link StreamKey}; equal keys have equal bytes. */
public final class StreamKeySerializer extends StreamTypeSerializer<StreamKey> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;

    public StreamKeySerializer() {
        this(FORMAT);
    }

    private StreamKeySerializer(int format) {
        super(format);
    }

    @Override
    void write(StreamKey key, Codec with, DataOutputView out) throws IOException {
        with.writeKey(key, out);
    }

    @Override
    StreamKey read(Codec with, DataInputView in) throws IOException {
        return with.readKey(in);
    }

    @Override
    public StreamKeySerializer duplicate() {
        return new StreamKeySerializer(format());
    }

    @Override
    public StreamKey createInstance() {
        return StreamKey.UNADDRESSED;
    }

    @Override
    public TypeSerializerSnapshot<StreamKey> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<StreamKey> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<StreamKey> serializer(int ofFormat) {
            return new StreamKeySerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<StreamKey> {

        @Override
        public TypeInformation<StreamKey> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(StreamKey.class, new StreamKeySerializer(), true);
        }
    }
}
