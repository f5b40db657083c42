package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RegistryMessage;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the compacted topic {@code <prefix>.merges}.
 *
 * <p>Key: tenant, entity and the row that becomes part of another, or the id of the candidate whose
 * rows stay apart, in the form of {@link JsonKey}. Value: the decision as JSON. Headers:
 * CloudEvents 1.0.
 */
public final class MergeDecisionSerializer
        implements KafkaRecordSerializationSchema<MergeDecision> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public MergeDecisionSerializer(String prefix) {
        topic = prefix + ".merges";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            MergeDecision decision, KafkaSinkContext context, Long timestamp) {
        List<Header> headers =
                CloudEvents.headers(
                        CloudEvents.source(decision.tenant()),
                        "io.autonomos.merge-decision",
                        decision.candidateId(),
                        decision.at(),
                        decision.from());
        String about = decision.isOfPair() ? decision.candidateId() : decision.from();
        byte[] key = JsonKey.of(decision.tenant(), decision.entity(), about);
        byte[] value = MessageJson.write(decision);
        return new ProducerRecord<>(topic, RegistryMessage.PARTITION, null, key, value, headers);
    }
}
