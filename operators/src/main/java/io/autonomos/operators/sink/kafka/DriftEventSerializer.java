package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the topic {@code <prefix>.drift}.
 *
 * <p>Key: tenant, connection and stream, in the form of {@link JsonKey}. Value: the event as JSON.
 * Headers: CloudEvents 1.0; an event that is told again with a higher count has an id of its own.
 */
public final class DriftEventSerializer implements KafkaRecordSerializationSchema<DriftEvent> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public DriftEventSerializer(String prefix) {
        topic = prefix + ".drift";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DriftEvent event, KafkaSinkContext context, Long timestamp) {
        String id = event.id() + "-" + event.records();
        List<Header> headers =
                CloudEvents.headers(event.key(), "io.autonomos.drift", id, event.at());
        byte[] key = JsonKey.of(event.tenant(), event.connection(), event.stream());
        return new ProducerRecord<>(topic, null, null, key, MessageJson.write(event), headers);
    }
}
