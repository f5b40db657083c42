package io.autonomos.schemas.types;

import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/** Serializer of a message class: its JSON, behind its length. */
public final class MessageSerializer<T> extends ImmutableSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final Class<T> message;

    MessageSerializer(Class<T> message) {
        this.message = message;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        Wire.writeBytes(MessageJson.write(value), target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        try {
            return MessageJson.read(message, Wire.readBytes(source));
        } catch (MessageException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        Wire.writeBytes(Wire.readBytes(source), target);
    }

    /** Keeps nothing between calls. */
    @Override
    public MessageSerializer<T> duplicate() {
        return this;
    }

    /** Messages have no empty form. */
    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageSerializer<?> that && that.message == message;
    }

    @Override
    public int hashCode() {
        return message.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(message);
    }

    /** Remembers the message class; what its JSON looks like is up to the message. */
    public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {

        private static final int FORMAT = 1;

        private Class<T> message;

        /** For Flink, which fills it by reading. */
        public Snapshot() {}

        private Snapshot(Class<T> message) {
            this.message = message;
        }

        @Override
        public int getCurrentVersion() {
            return FORMAT;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(message.getName());
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader userCode)
                throws IOException {
            if (version != FORMAT) {
                throw new IOException(
                        "State of a message is in format %d, but this version knows format %d only."
                                .formatted(version, FORMAT));
            }
            message = InstantiationUtil.resolveClassByName(in, userCode);
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new MessageSerializer<>(message);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
                TypeSerializerSnapshot<T> old) {
            return old instanceof Snapshot<?> that && that.message == message
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
