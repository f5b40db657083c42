package io.autonomos.schemas.types;

import static io.autonomos.schemas.types.TestingRecords.read;
import static io.autonomos.schemas.types.TestingRecords.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.junit.jupiter.api.Test;

class StreamTypeSnapshotTest {

    @Test
    void aFieldAddedLaterIsMigratedFromOlderState() throws IOException {
        TestingNoteSerializer old = new TestingNoteSerializer(1);
        byte[] state = write(old, new TestingNote("hello", "lost"));
        TypeSerializerSnapshot<TestingNote> saved = savedAndLoaded(old.snapshotConfiguration());

        TestingNoteSerializer current = new TestingNoteSerializer(2);
        TypeSerializerSchemaCompatibility<TestingNote> compatibility =
                current.snapshotConfiguration().resolveSchemaCompatibility(saved);
        TestingNote migrated = read(saved.restoreSerializer(), state);

        assertThat(compatibility.isCompatibleAfterMigration()).isTrue();
        assertThat(migrated).isEqualTo(new TestingNote("hello", "none"));
        assertThat(read(current, write(current, migrated))).isEqualTo(migrated);
    }

    @Test
    void aRestoredSerializerKeepsWritingItsOldFormat() throws IOException {
        TestingNoteSerializer old = new TestingNoteSerializer(1);
        TestingNote note = new TestingNote("hello", "none");

        TypeSerializer<TestingNote> restored =
                savedAndLoaded(old.snapshotConfiguration()).restoreSerializer();

        assertThat(write(restored, note)).isEqualTo(write(old, note));
        assertThat(restored.snapshotConfiguration().getCurrentVersion()).isEqualTo(1);
    }

    @Test
    void stateOfANewerVersionIsRefused() throws IOException {
        DataInputDeserializer nothing = new DataInputDeserializer(new byte[0]);
        StreamKeySerializer.Snapshot snapshot = new StreamKeySerializer.Snapshot();

        assertThatThrownBy(() -> snapshot.readSnapshot(99, nothing, getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("formats 1 to 1");
    }

    @Test
    void goingBackToAnOlderFormatIsRefused() {
        TypeSerializerSnapshot<TestingNote> older =
                new TestingNoteSerializer(1).snapshotConfiguration();
        TypeSerializerSnapshot<TestingNote> newer =
                new TestingNoteSerializer(2).snapshotConfiguration();

        assertThat(older.resolveSchemaCompatibility(newer).isIncompatible()).isTrue();
    }

    @Test
    void theFormatOfAKeyNeverChanges() throws IOException {
        // Flink cannot migrate keys of keyed state, so these bytes are fixed for good.
        byte[] bytes = write(new StreamKeySerializer(), new StreamKey("t", "c", "\u00e9"));

        assertThat(bytes).containsExactly(7, 3, 't', 3, 'c', 5, 0xC3, 0xA9);
    }

    private TypeSerializerSnapshot<TestingNote> savedAndLoaded(
            TypeSerializerSnapshot<TestingNote> snapshot) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
        return TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    }

    /** A type whose second field came with format 2. */
    record TestingNote(String text, String author) {}

    /** Reads and writes formats 1 and 2. */
    static final class TestingNoteSerializer extends StreamTypeSerializer<TestingNote> {

        private static final long serialVersionUID = 1L;

        TestingNoteSerializer(int format) {
            super(format);
        }

        @Override
        void write(TestingNote note, Codec with, DataOutputView out) throws IOException {
            with.writeText(note.text(), out);
            if (format() >= 2) {
                with.writeText(note.author(), out);
            }
        }

        @Override
        TestingNote read(Codec with, DataInputView in) throws IOException {
            return new TestingNote(with.readText(in), format() >= 2 ? with.readText(in) : "none");
        }

        @Override
        public TestingNoteSerializer duplicate() {
            return new TestingNoteSerializer(format());
        }

        @Override
        public TestingNote createInstance() {
            return new TestingNote("", "");
        }

        @Override
        public TypeSerializerSnapshot<TestingNote> snapshotConfiguration() {
            return new TestingNoteSnapshot(format());
        }
    }

    /** Knows formats 1 and 2. */
    public static final class TestingNoteSnapshot extends StreamTypeSnapshot<TestingNote> {

        /** For Flink, which fills it by reading. */
        public TestingNoteSnapshot() {
            super(2);
        }

        TestingNoteSnapshot(int format) {
            super(2, format);
        }

        @Override
        StreamTypeSerializer<TestingNote> serializer(int ofFormat) {
            return new TestingNoteSerializer(ofFormat);
        }
    }
}
