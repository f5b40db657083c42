package io.autonomos.operators.source;

import io.autonomos.schemas.RawRecord;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Makes the source of the raw topics.
 *
 * <p>Offsets are part of each checkpoint, so every record is read exactly once by the job; only
 * committed transactions are seen.
 */
public final class KafkaSources {

    private KafkaSources() {}

    /** The source of raw records that the settings describe. */
    public static KafkaSource<RawRecord> raw(SourceSettings settings) {
        Properties properties = new Properties();
        // The system sizes the socket's buffer; Kafka's fixed 64 KiB cost a fifth of the fetching.
        properties.setProperty(ConsumerConfig.RECEIVE_BUFFER_CONFIG, "-1");
        properties.putAll(settings.kafkaProperties());
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(
                "partition.discovery.interval.ms",
                Long.toString(settings.discoveryInterval().toMillis()));
        KafkaSourceBuilder<RawRecord> builder =
                KafkaSource.<RawRecord>builder()
                        .setProperties(properties)
                        .setBootstrapServers(settings.bootstrapServers())
                        .setGroupId(settings.groupId())
                        .setStartingOffsets(start(settings))
                        .setDeserializer(new RawRecordDeserializer(settings.maxRecordSize()));
        if (settings.topicPattern() == null) {
            builder.setTopics(settings.topics());
        } else {
            builder.setTopicPattern(Pattern.compile(settings.topicPattern()));
        }
        if (settings.bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    @SuppressWarnings("deprecation") // Flink's signature takes this type
    private static OffsetsInitializer start(SourceSettings settings) {
        return switch (settings.start()) {
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
            case TIMESTAMP -> OffsetsInitializer.timestamp(settings.startTimestamp());
        };
    }
}
