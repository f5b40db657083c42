package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Makes messages of the topics {@code <prefix>.canonical.<entity>}.
 *
 * <p>Key: tenant and record id, in the form of {@link JsonKey}. Value: the envelope as it is.
 * Headers: CloudEvents 1.0. The message carries no timestamp of ours, so that the brokers'
 * retention counts from its arrival and not from the source's clock, which may be years back.
 */
public final class CanonicalEventSerializer
        implements KafkaRecordSerializationSchema<CanonicalEvent> {

    private static final long serialVersionUID = 1L;

    /** Streams whose repeating bytes are kept; beyond that all are forgotten and made anew. */
    private static final int MAX_STREAMS = 10_000;

    private final String topicPrefix;

    private transient Map<StreamKey, StreamParts> streams;
    private transient StreamParts last;
    private transient UtcTime time;

    public CanonicalEventSerializer(String prefix) {
        topicPrefix = prefix + ".canonical.";
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        streams = new HashMap<>();
        time = new UtcTime();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            CanonicalEvent event, KafkaSinkContext context, Long timestamp) {
        StreamParts parts = parts(event);
        Header[] headers = {
            CloudEvents.SPEC_VERSION,
            CloudEvents.header(CloudEvents.ID, event.id()),
            parts.source,
            event.isDelete() ? parts.deleteType : parts.upsertType,
            new RecordHeader(CloudEvents.TIME, time.ofMicros(event.eventTime())),
            new RecordHeader(
                    CloudEvents.SUBJECT, event.recordId().getBytes(StandardCharsets.UTF_8)),
            CloudEvents.JSON
        };
        return new ProducerRecord<>(
                parts.topic,
                null,
                null,
                JsonKey.append(parts.keyPrefix, event.recordId()),
                event.json(),
                Arrays.asList(headers));
    }

    private StreamParts parts(CanonicalEvent event) {
        if (last != null && last.fits(event)) {
            return last;
        }
        StreamParts parts = streams.get(event.key());
        if (parts == null || !parts.fits(event)) {
            if (streams.size() >= MAX_STREAMS) {
                streams.clear();
            }
            parts = new StreamParts(topicPrefix, event);
            streams.put(event.key(), parts);
        }
        last = parts;
        return parts;
    }

    /** What the messages of one stream and entity have in common. */
    private static final class StreamParts {

        private final StreamKey key;
        private final String entity;
        private final String topic;
        private final byte[] keyPrefix;
        private final Header source;
        private final Header upsertType;
        private final Header deleteType;

        StreamParts(String topicPrefix, CanonicalEvent event) {
            key = event.key();
            entity = event.entity();
            topic = topicPrefix + entity;
            keyPrefix = JsonKey.prefix(key.tenant());
            source = CloudEvents.header(CloudEvents.SOURCE, CloudEvents.source(key));
            String type = "io.autonomos.canonical." + entity;
            upsertType = CloudEvents.header(CloudEvents.TYPE, type + ".upsert");
            deleteType = CloudEvents.header(CloudEvents.TYPE, type + ".delete");
        }

        boolean fits(CanonicalEvent event) {
            return key.equals(event.key()) && entity.equals(event.entity());
        }
    }
}
