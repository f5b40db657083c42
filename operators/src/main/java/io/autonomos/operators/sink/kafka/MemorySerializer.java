package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairMemory;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the compacted topic {@code <prefix>.memory}, which has one partition.
 *
 * <p>Key: the tenant, source, stream and both paths, in the form of {@link JsonKey}, so that the
 * latest word of a tenant is kept. Value: the memory as JSON. Headers: CloudEvents 1.0.
 */
public final class MemorySerializer implements KafkaRecordSerializationSchema<RepairMemory> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public MemorySerializer(String prefix) {
        topic = prefix + ".memory";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            RepairMemory memory, KafkaSinkContext context, Long timestamp) {
        String id = memory.proposalId() + '/' + memory.verdict() + '/' + memory.before();
        List<Header> headers =
                CloudEvents.headers(memory.key(), "io.autonomos.repair-memory", id, memory.at());
        byte[] key =
                JsonKey.of(
                        memory.tenant(),
                        memory.source(),
                        memory.stream(),
                        memory.before(),
                        memory.after());
        return new ProducerRecord<>(
                topic, RegistryMessage.PARTITION, null, key, MessageJson.write(memory), headers);
    }
}
