package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.MessageJson;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the compacted topic {@code <prefix>.view.graph}.
 *
 * <p>Key: tenant, {@code node} or {@code edge}, and its id, in the form of {@link JsonKey}. Value:
 * the node or edge as JSON; nothing where it is gone. Headers: CloudEvents 1.0.
 */
public final class GraphSerializer implements KafkaRecordSerializationSchema<GraphChange> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public GraphSerializer(String prefix) {
        topic = prefix + ".view.graph";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            GraphChange change, KafkaSinkContext context, Long timestamp) {
        byte[] value = change.isDelete() ? null : MessageJson.write(change.body());
        String what = change.isDelete() ? ".delete" : ".upsert";
        List<Header> headers =
                CloudEvents.headers(
                        CloudEvents.source(change.tenant()),
                        "io.autonomos.view.graph." + change.part() + what,
                        id(change, value),
                        change.at(),
                        change.id());
        byte[] key = JsonKey.of(change.tenant(), change.part(), change.id());
        return new ProducerRecord<>(topic, null, null, key, value, headers);
    }

    private static String id(GraphChange change, byte[] value) {
        CRC32C sum = new CRC32C();
        sum.update(change.isDelete() ? new byte[0] : value);
        return Long.toHexString(change.at().toEpochMilli())
                + "-"
                + Long.toHexString(sum.getValue());
    }
}
