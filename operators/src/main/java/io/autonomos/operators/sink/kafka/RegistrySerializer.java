package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.RegistryMessage;
import java.time.Instant;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the compacted topic {@code <prefix>.mappings}, all in one partition, with the
 * headers of CloudEvents 1.0.
 */
public final class RegistrySerializer implements KafkaRecordSerializationSchema<RegistryMessage> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public RegistrySerializer(String prefix) {
        topic = prefix + ".mappings";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            RegistryMessage message, KafkaSinkContext context, Long timestamp) {
        return serialize(message);
    }

    /** The message as it is written. */
    public ProducerRecord<byte[], byte[]> serialize(RegistryMessage message) {
        boolean verdict = message.isVerdict();
        Instant at = verdict ? message.verdict().at() : message.version().at();
        String type = verdict ? "io.autonomos.mapping-verdict" : "io.autonomos.mapping";
        List<Header> headers = CloudEvents.headers(message.key(), type, id(message), at);
        return new ProducerRecord<>(
                topic, message.partition(), null, message.messageKey(), message.value(), headers);
    }

    /** Equal for a message that is written again. */
    private static String id(RegistryMessage message) {
        return message.isVerdict()
                ? "%d-%d".formatted(message.verdict().partition(), message.verdict().offset())
                : "%d-%s".formatted(message.versionNumber(), message.version().digest());
    }
}
