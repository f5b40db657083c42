package io.autonomos.schemas.types;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer of an immutable stream type.
 *
 * <p>It knows the format it reads and writes by a number. The number stands in the {@link
 * StreamTypeSnapshot} beside the state, not in each record; a serializer restored from an old
 * snapshot keeps to the old format, so a field added later is read only where the format has it.
 *
 * <p>Not safe for use by several threads; {@link #duplicate()} gives each its own.
 */
public abstract class StreamTypeSerializer<T> extends ImmutableSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final int format;
    private transient Codec codec;

    StreamTypeSerializer(int format) {
        this.format = format;
    }

    /** The number of the format that this instance reads and writes. */
    public final int format() {
        return format;
    }

    abstract void write(T value, Codec with, DataOutputView out) throws IOException;

    abstract T read(Codec with, DataInputView in) throws IOException;

    @Override
    public final void serialize(T value, DataOutputView target) throws IOException {
        write(value, codec(), target);
    }

    @Override
    public final T deserialize(DataInputView source) throws IOException {
        return read(codec(), source);
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // its subclasses are final
    public final boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && ((StreamTypeSerializer<?>) other).format == format;
    }

    @Override
    public final int hashCode() {
        return 31 * getClass().getName().hashCode() + format;
    }

    private Codec codec() {
        if (codec == null) {
            codec = new Codec();
        }
        return codec;
    }
}
