package io.autonomos.schemas.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint remembers of a serializer: the number of its format, as the snapshot's version.
 *
 * <p>Flink's {@code SimpleTypeSerializerSnapshot} remembers the class only, so that a field added
 * later would misread all older state. Here an older format is read by a serializer of that format
 * and rewritten in the current one; a newer format than this code knows is refused.
 */
public abstract class StreamTypeSnapshot<T> implements TypeSerializerSnapshot<T> {

    private final int currentFormat;
    private int format;

    StreamTypeSnapshot(int currentFormat) {
        this(currentFormat, currentFormat);
    }

    StreamTypeSnapshot(int currentFormat, int format) {
        this.currentFormat = currentFormat;
        this.format = format;
    }

    abstract StreamTypeSerializer<T> serializer(int ofFormat);

    @Override
    public final int getCurrentVersion() {
        return format;
    }

    @Override
    public final void writeSnapshot(DataOutputView out) {
        // The version, which Flink writes itself, says everything.
    }

    @Override
    public final void readSnapshot(int readVersion, DataInputView in, ClassLoader userCode)
            throws IOException {
        if (readVersion < 1 || readVersion > currentFormat) {
            throw new IOException(
                    ("State of %s is in format %d, but this version knows formats 1 to %d only:"
                                    + " start it with the version that wrote the savepoint, or a"
                                    + " newer one.")
                            .formatted(getClass().getName(), readVersion, currentFormat));
        }
        format = readVersion;
    }

    @Override
    public final TypeSerializer<T> restoreSerializer() {
        return serializer(format);
    }

    @Override
    public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        if (old.getClass() != getClass()) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        int oldFormat = ((StreamTypeSnapshot<T>) old).format;
        if (oldFormat == format) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        return oldFormat < format
                ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
