package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MessageJson;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the topic {@code <prefix>.proposals} that ask whether two rows are one.
 *
 * <p>Key: the tenant and the candidate's id, in the form of {@link JsonKey}. Value: the candidate
 * as JSON. Headers: CloudEvents 1.0.
 */
public final class MergeCandidateSerializer
        implements KafkaRecordSerializationSchema<MergeCandidate> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public MergeCandidateSerializer(String prefix) {
        topic = prefix + ".proposals";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            MergeCandidate candidate, KafkaSinkContext context, Long timestamp) {
        String id =
                "%s-%s-%s"
                        .formatted(
                                candidate.id(),
                                candidate.at().toEpochMilli(),
                                String.join(".", candidate.rules()));
        List<Header> headers =
                CloudEvents.headers(
                        CloudEvents.source(candidate.tenant()),
                        "io.autonomos.merge-candidate",
                        id,
                        candidate.at(),
                        candidate.id());
        byte[] key = JsonKey.of(candidate.tenant(), candidate.id());
        return new ProducerRecord<>(topic, null, null, key, MessageJson.write(candidate), headers);
    }
}
