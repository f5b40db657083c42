package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.ViewChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Makes messages of the compacted topics {@code <prefix>.view.<entity>}.
 *
 * <p>Key: tenant and the row's id, in the form of {@link JsonKey}. Value: the row as it is; nothing
 * where it is gone. Headers: CloudEvents 1.0; the id follows from the row's time and content, so a
 * row that is again as it was at the same time has the same.
 */
public final class ViewSerializer implements KafkaRecordSerializationSchema<ViewChange> {

    private static final long serialVersionUID = 1L;

    private final String topicPrefix;

    private transient Map<String, EntityParts> entities;
    private transient UtcTime time;
    private transient CRC32C sum;

    public ViewSerializer(String prefix) {
        topicPrefix = prefix + ".view.";
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        entities = new HashMap<>();
        time = new UtcTime();
        sum = new CRC32C();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            ViewChange change, KafkaSinkContext context, Long timestamp) {
        EntityParts parts =
                entities.computeIfAbsent(
                        change.entity(), entity -> new EntityParts(topicPrefix, entity));
        List<Header> headers =
                List.of(
                        CloudEvents.SPEC_VERSION,
                        CloudEvents.header(CloudEvents.ID, id(change)),
                        CloudEvents.header(CloudEvents.SOURCE, CloudEvents.source(change.tenant())),
                        change.isDelete() ? parts.deleteType : parts.upsertType,
                        new RecordHeader(CloudEvents.TIME, time.ofMicros(change.eventTime())),
                        CloudEvents.header(CloudEvents.SUBJECT, change.id()),
                        CloudEvents.JSON);
        return new ProducerRecord<>(
                parts.topic,
                null,
                null,
                JsonKey.of(change.tenant(), change.id()),
                change.isDelete() ? null : change.json(),
                headers);
    }

    private String id(ViewChange change) {
        sum.reset();
        sum.update(change.json());
        return Long.toHexString(change.eventTime()) + "-" + Long.toHexString(sum.getValue());
    }

    /** What the messages of one entity have in common. */
    private static final class EntityParts {

        private final String topic;
        private final Header upsertType;
        private final Header deleteType;

        EntityParts(String topicPrefix, String entity) {
            topic = topicPrefix + entity;
            String type = "io.autonomos.view." + entity;
            upsertType = CloudEvents.header(CloudEvents.TYPE, type + ".upsert");
            deleteType = CloudEvents.header(CloudEvents.TYPE, type + ".delete");
        }
    }
}
