package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewAccount;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the compacted topic {@code <prefix>.ledger} that say what became of a stream's
 * events where views are made.
 *
 * <p>Key: tenant, connection, stream and {@code views}, in the form of {@link JsonKey}. Value: the
 * account as JSON. Headers: CloudEvents 1.0.
 */
public final class ViewAccountSerializer implements KafkaRecordSerializationSchema<ViewAccount> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public ViewAccountSerializer(String prefix) {
        topic = prefix + ".ledger";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            ViewAccount account, KafkaSinkContext context, Long timestamp) {
        String id = account.canonical() + "-" + account.at().toEpochMilli();
        List<Header> headers =
                CloudEvents.headers(account.key(), "io.autonomos.view-account", id, account.at());
        byte[] key = JsonKey.of(account.tenant(), account.connection(), account.stream(), "views");
        return new ProducerRecord<>(topic, null, null, key, MessageJson.write(account), headers);
    }
}
