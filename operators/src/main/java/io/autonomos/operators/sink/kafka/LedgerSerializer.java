package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.messages.LedgerJson;
import java.time.Instant;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the compacted topic {@code <prefix>.ledger}.
 *
 * <p>Key: tenant, connection and stream, in the form of {@link JsonKey}. Value: the stream's latest
 * account as JSON. Headers: CloudEvents 1.0.
 */
public final class LedgerSerializer implements KafkaRecordSerializationSchema<LedgerEntry> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    /** The time of the last entry; all entries of one checkpoint have the same. */
    private transient Header time;

    private transient long timeOf;

    public LedgerSerializer(String prefix) {
        topic = prefix + ".ledger";
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            LedgerEntry entry, KafkaSinkContext context, Long timestamp) {
        List<Header> headers =
                List.of(
                        CloudEvents.SPEC_VERSION,
                        CloudEvents.header(CloudEvents.ID, entry.in() + "-" + entry.at()),
                        CloudEvents.header(CloudEvents.SOURCE, CloudEvents.source(entry.key())),
                        CloudEvents.header(CloudEvents.TYPE, "io.autonomos.ledger"),
                        time(entry.at()),
                        CloudEvents.header(CloudEvents.SUBJECT, entry.key().path()),
                        CloudEvents.JSON);
        byte[] key =
                JsonKey.of(entry.key().tenant(), entry.key().connection(), entry.key().stream());
        return new ProducerRecord<>(topic, null, null, key, LedgerJson.write(entry), headers);
    }

    private Header time(long at) {
        if (time == null || timeOf != at) {
            time = CloudEvents.header(CloudEvents.TIME, Instant.ofEpochMilli(at).toString());
            timeOf = at;
        }
        return time;
    }
}
