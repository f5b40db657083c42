package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RebuildMessage;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Makes messages of {@code <prefix>.rebuild}: the key is the tenant. */
public final class RebuildSerializer implements KafkaRecordSerializationSchema<RebuildMessage> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public RebuildSerializer(String prefix) {
        topic = prefix + ".rebuild";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            RebuildMessage message, KafkaSinkContext context, Long timestamp) {
        List<Header> headers =
                List.of(
                        CloudEvents.SPEC_VERSION,
                        CloudEvents.header(
                                CloudEvents.ID, message.kind() + message.record().version()),
                        CloudEvents.header(
                                CloudEvents.SOURCE, CloudEvents.source(message.tenant())),
                        CloudEvents.header(CloudEvents.TYPE, "io.autonomos.rebuild"),
                        CloudEvents.JSON);
        byte[] key = JsonKey.of(message.tenant());
        return new ProducerRecord<>(topic, null, null, key, MessageJson.write(message), headers);
    }
}
