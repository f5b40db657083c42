package io.autonomos.schemas.types;

import static io.autonomos.schemas.types.TestingRecords.read;
import static io.autonomos.schemas.types.TestingRecords.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws that Flink asks of a serializer, for every stream type. */
class StreamTypeLawsTest {

    static Stream<Object> values() {
        return TestingRecords.all().stream();
    }

    @ParameterizedTest
    @MethodSource("values")
    void noStreamTypeFallsToKryo(Object value) {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);

        TypeInformation<?> info = TypeInformation.of(value.getClass());

        assertThat(info).isInstanceOf(StreamTypeInfo.class).isNotInstanceOf(GenericTypeInfo.class);
        assertThat(info.createSerializer(config)).isInstanceOf(StreamTypeSerializer.class);
        assertThat(info.isKeyType()).isEqualTo(value instanceof StreamKey);
        assertThat(info).isEqualTo(TypeInformation.of(value.getClass()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueSurvivesWritingAndReading(Object value) throws IOException {
        TypeSerializer<Object> serializer = serializerOf(value);

        Object first = read(serializer, write(serializer, value));
        Object second = read(serializer, write(serializer, value));

        assertSame(first, value);
        assertSame(second, value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void manyValuesFollowEachOtherOnOneStream(Object value) throws IOException {
        TypeSerializer<Object> serializer = serializerOf(value);
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (int i = 0; i < 3; i++) {
            serializer.serialize(value, out);
        }

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        for (int i = 0; i < 3; i++) {
            assertSame(serializer.deserialize(serializer.createInstance(), in), value);
        }
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @MethodSource("values")
    void copyingAViewCopiesTheBytes(Object value) throws IOException {
        TypeSerializer<Object> serializer = serializerOf(value);
        byte[] bytes = write(serializer, value);
        DataOutputSerializer out = new DataOutputSerializer(64);

        serializer.copy(new DataInputDeserializer(bytes), out);

        assertThat(out.getCopyOfBuffer()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("values")
    void copyingAnImmutableValueReturnsItself(Object value) {
        TypeSerializer<Object> serializer = serializerOf(value);

        assertThat(serializer.isImmutableType()).isTrue();
        assertThat(serializer.copy(value)).isSameAs(value);
        assertThat(serializer.copy(value, serializer.createInstance())).isSameAs(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void duplicatesShareNothingAndAgree(Object value) throws Exception {
        TypeSerializer<Object> serializer = serializerOf(value);
        byte[] bytes = write(serializer, value);

        TypeSerializer<Object> duplicate = serializer.duplicate();
        TypeSerializer<Object> shipped = InstantiationUtil.clone(serializer);

        for (TypeSerializer<Object> other : List.of(duplicate, shipped)) {
            assertThat(other).isNotSameAs(serializer).isEqualTo(serializer);
            assertThat(other.hashCode()).isEqualTo(serializer.hashCode());
            assertThat(write(other, value)).isEqualTo(bytes);
            assertSame(read(other, bytes), value);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void aSnapshotRestoresASerializerThatReadsTheState(Object value) throws IOException {
        TypeSerializer<Object> serializer = serializerOf(value);
        byte[] bytes = write(serializer, value);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<Object> restored =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertSame(read(restored.restoreSerializer(), bytes), value);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(restored)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("values")
    void aNewInstanceCanBeWritten(Object value) throws IOException {
        TypeSerializer<Object> serializer = serializerOf(value);
        Object created = serializer.createInstance();

        assertThat(created).hasSameClassAs(value);
        assertSame(read(serializer, write(serializer, created)), created);
    }

    private static void assertSame(Object actual, Object expected) {
        assertThat(actual).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(expected);
    }

    @SuppressWarnings("unchecked") // the class of a value is the class it is serialized as
    private static TypeSerializer<Object> serializerOf(Object value) {
        return ((TypeInformation<Object>) TypeInformation.of(value.getClass()))
                .createSerializer(new SerializerConfigImpl());
    }
}
