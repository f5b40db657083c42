package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairProposal;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the topic {@code <prefix>.proposals}.
 *
 * <p>Key: the tenant and the proposal's id, in the form of {@link JsonKey}. Value: the proposal as
 * JSON. Headers: CloudEvents 1.0.
 */
public final class ProposalSerializer implements KafkaRecordSerializationSchema<RepairProposal> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public ProposalSerializer(String prefix) {
        topic = prefix + ".proposals";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            RepairProposal proposal, KafkaSinkContext context, Long timestamp) {
        List<Header> headers =
                CloudEvents.headers(
                        proposal.key(),
                        "io.autonomos.repair-proposal",
                        proposal.id(),
                        proposal.at());
        byte[] key = JsonKey.of(proposal.tenant(), proposal.id());
        byte[] value = MessageJson.write(proposal);
        return new ProducerRecord<>(topic, null, null, key, value, headers);
    }
}
