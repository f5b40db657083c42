package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import java.util.List;
import java.util.Objects;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the topic {@code <prefix>.review-log}.
 *
 * <p>Key: tenant and proposal id, in the form of {@link JsonKey}. Headers: CloudEvents 1.0; {@code
 * ce_id} is the line's deterministic id.
 */
public final class ReviewLogSerializer implements KafkaRecordSerializationSchema<ProposalStatus> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public ReviewLogSerializer(String prefix) {
        topic = prefix + ".review-log";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            ProposalStatus entry, KafkaSinkContext context, Long timestamp) {
        StreamKey key =
                new StreamKey(
                        entry.tenant(),
                        Objects.requireNonNullElse(entry.connection(), "_"),
                        Objects.requireNonNullElse(entry.stream(), "_"));
        List<Header> headers =
                CloudEvents.headers(
                        CloudEvents.source(key),
                        "io.autonomos.proposal-status",
                        entry.id(),
                        entry.at(),
                        entry.proposalId());
        return new ProducerRecord<>(
                topic,
                null,
                null,
                JsonKey.of(entry.tenant(), entry.proposalId()),
                MessageJson.write(entry),
                headers);
    }
}
