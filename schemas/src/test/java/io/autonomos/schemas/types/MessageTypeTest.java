package io.autonomos.schemas.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.Review;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class MessageTypeTest {

    private static final Review REVIEW =
            new Review("r1", "p1", "acme", Review.APPROVE, null, "lead", "fits", Instant.EPOCH);

    @Test
    void aMessageSurvivesWritingAndReading() throws Exception {
        TypeSerializer<Review> serializer = serializer(Review.class);

        byte[] bytes = TestingRecords.write(serializer, REVIEW);

        assertThat(TestingRecords.read(serializer, bytes)).isEqualTo(REVIEW);
        assertThat(TestingRecords.read(InstantiationUtil.clone(serializer), bytes))
                .isEqualTo(REVIEW);
    }

    @Test
    void aSnapshotKnowsItsMessage() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializer<Review> serializer = serializer(Review.class);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<Review> restored =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(restored)
                                .isCompatibleAsIs())
                .isTrue();
        assertThat(serializer(DriftEvent.class)).isNotEqualTo(serializer);
    }

    @Test
    void whatIsNoMessageIsRefused() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        Wire.writeBytes(TestingRecords.bytes("{\"id\":\"r1\"}"), out);

        assertThatThrownBy(
                        () ->
                                serializer(Review.class)
                                        .deserialize(
                                                new DataInputDeserializer(out.getCopyOfBuffer())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("proposal_id");
    }

    private static <T> TypeSerializer<T> serializer(Class<T> message) {
        return MessageType.of(message).createSerializer(new SerializerConfigImpl());
    }
}
