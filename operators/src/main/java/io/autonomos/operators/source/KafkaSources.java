package io.autonomos.operators.source;

import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.ReviewRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes the sources of the raw topics and of the registry.
 *
 * <p>Offsets are part of each checkpoint, so every record is read exactly once by the job; only
 * committed transactions are seen.
 */
public final class KafkaSources {

    private KafkaSources() {}

    /** The source of the records of {@code input.topics}. */
    public static KafkaSource<RawRecord> raw(SourceSettings settings) {
        return raw(settings, settings.main());
    }

    /** The source of the records of one of the settings' feeds. */
    public static KafkaSource<RawRecord> raw(SourceSettings settings, FeedSettings feed) {
        Properties properties = properties(many(feed.kafkaProperties()));
        properties.setProperty(
                "partition.discovery.interval.ms",
                Long.toString(settings.discoveryInterval().toMillis()));
        KafkaSourceBuilder<RawRecord> builder =
                KafkaSource.<RawRecord>builder()
                        .setProperties(properties)
                        .setBootstrapServers(feed.bootstrapServers())
                        .setGroupId(feed.groupId())
                        .setStartingOffsets(start(feed))
                        .setDeserializer(
                                new RawRecordDeserializer(
                                        settings.maxRecordSize(), feed.format(), feed.address()));
        if (feed.topicPattern() == null) {
            builder.setTopics(feed.topics());
        } else {
            builder.setTopicPattern(Pattern.compile(feed.topicPattern()));
        }
        if (feed.name() != null) {
            builder.setClientIdPrefix(feed.groupId() + "-" + feed.name());
        }
        if (settings.bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    /**
     * The source of the registry: all of it from the beginning, then what is published. It ends
     * where the raw topics' source does.
     */
    public static KafkaSource<RegistryMessage> registry(SourceSettings settings, String topic) {
        return settled(settings, topic, "registry", new RegistryDeserializer());
    }

    /** The source of the control topic, from its beginning as the registry's. */
    public static KafkaSource<ControlMessage> control(SourceSettings settings, String topic) {
        return settled(settings, topic, "control", new ControlDeserializer());
    }

    /** The source of people's decisions about rows, from its beginning as the registry's. */
    public static KafkaSource<MergeDecision> merges(SourceSettings settings, String topic) {
        return settled(settings, topic, "merges", new MergeDeserializer());
    }

    /** The source of repair memories, from its beginning as the registry's. */
    public static KafkaSource<RepairMemory> memories(SourceSettings settings, String topic) {
        return settled(settings, topic, "memory", new MemoryDeserializer());
    }

    /**
     * The source of the rebuild topic: what is written after the job was first started, since all
     * that came before is in what it reads from the beginning.
     *
     * @param started when that was, epoch milliseconds
     */
    public static KafkaSource<RebuildMessage> rebuild(
            SourceSettings settings, String topic, long started) {
        return settled(
                settings,
                topic,
                "rebuild",
                OffsetsInitializer.timestamp(started),
                new RebuildDeserializer());
    }

    private static <T> KafkaSource<T> settled(
            SourceSettings settings,
            String topic,
            String name,
            KafkaRecordDeserializationSchema<T> deserializer) {
        return settled(settings, topic, name, OffsetsInitializer.earliest(), deserializer);
    }

    private static <T> KafkaSource<T> settled(
            SourceSettings settings,
            String topic,
            String name,
            OffsetsInitializer start,
            KafkaRecordDeserializationSchema<T> deserializer) {
        Properties properties = properties(settings.kafkaProperties());
        // What these topics say is part of the job's state; their offsets are nobody's progress.
        properties.setProperty("commit.offsets.on.checkpoint", "false");
        KafkaSourceBuilder<T> builder =
                KafkaSource.<T>builder()
                        .setProperties(properties)
                        .setBootstrapServers(settings.bootstrapServers())
                        .setPartitions(Set.of(new TopicPartition(topic, RegistryMessage.PARTITION)))
                        .setStartingOffsets(start)
                        .setClientIdPrefix(settings.main().groupId() + "-" + name)
                        .setDeserializer(deserializer);
        if (settings.bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    /** The source of reviews: those since the group's last commit, at first all. */
    public static KafkaSource<ReviewRequest> reviews(SourceSettings settings, String topic) {
        String group = settings.main().groupId() + "-reviews";
        KafkaSourceBuilder<ReviewRequest> builder =
                KafkaSource.<ReviewRequest>builder()
                        .setProperties(properties(settings.kafkaProperties()))
                        .setBootstrapServers(settings.bootstrapServers())
                        .setTopics(topic)
                        .setGroupId(group)
                        .setClientIdPrefix(group)
                        .setStartingOffsets(committed())
                        .setDeserializer(new ReviewDeserializer());
        if (settings.bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    /** Each poll and each answer of a broker costs the same, however many records it brings. */
    private static Map<String, String> many(Map<String, String> kafka) {
        Map<String, String> many = new HashMap<>();
        many.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "4000");
        many.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
        many.putAll(kafka);
        return many;
    }

    private static Properties properties(Map<String, String> kafka) {
        Properties properties = new Properties();
        // The system sizes the socket's buffer; Kafka's fixed 64 KiB cost a fifth of the fetching.
        properties.setProperty(ConsumerConfig.RECEIVE_BUFFER_CONFIG, "-1");
        properties.putAll(kafka);
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    @SuppressWarnings("deprecation") // Flink's signature takes this type
    private static OffsetsInitializer committed() {
        return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    }

    private static OffsetsInitializer start(FeedSettings feed) {
        return switch (feed.start()) {
            case COMMITTED -> committed();
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
            case TIMESTAMP -> OffsetsInitializer.timestamp(feed.startTimestamp());
        };
    }
}
