package io.autonomos.schemas.types;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link RegistryMessage}. */
public final class RegistryMessageSerializer extends StreamTypeSerializer<RegistryMessage> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final RegistryMessage EMPTY =
            new RegistryMessage(StreamKey.UNADDRESSED, new byte[0], new byte[0], null, 0, -1);

    public RegistryMessageSerializer() {
        this(FORMAT);
    }

    private RegistryMessageSerializer(int format) {
        super(format);
    }

    @Override
    void write(RegistryMessage message, Codec with, DataOutputView out) throws IOException {
        with.writeKey(message.key(), out);
        Wire.writeBytes(message.messageKey(), out);
        Wire.writeBytes(message.value(), out);
        RawRecordSerializer.writeFault(message.fault(), with, out);
        Wire.writeSignedLong(message.partition(), out);
        Wire.writeSignedLong(message.position(), out);
    }

    @Override
    RegistryMessage read(Codec with, DataInputView in) throws IOException {
        return new RegistryMessage(
                with.readKey(in),
                Wire.readBytes(in),
                Wire.readBytes(in),
                RawRecordSerializer.readFault(with, in),
                (int) Wire.readSignedLong(in),
                Wire.readSignedLong(in));
    }

    @Override
    public RegistryMessageSerializer duplicate() {
        return new RegistryMessageSerializer(format());
    }

    @Override
    public RegistryMessage createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<RegistryMessage> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<RegistryMessage> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<RegistryMessage> serializer(int ofFormat) {
            return new RegistryMessageSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<RegistryMessage> {

        @Override
        public TypeInformation<RegistryMessage> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(
                    RegistryMessage.class, new RegistryMessageSerializer(), false);
        }
    }
}
