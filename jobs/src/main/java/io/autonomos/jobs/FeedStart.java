package io.autonomos.jobs;

import io.autonomos.operators.source.FeedSettings;
import io.autonomos.operators.source.SourceOptions.StartPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Whether a job's inputs still hold all that ever came. */
public final class FeedStart {

    private FeedStart() {}

    /**
     * Whether every topic that is read begins where it began once. Where topics are named by a
     * pattern, or read from a time on, nobody knows.
     */
    public static boolean isWhole(JobSettings settings) {
        List<FeedSettings> feeds = new ArrayList<>(settings.source().feeds());
        if (settings.readsKafka()) {
            feeds.add(settings.source().main());
        }
        return feeds.stream().allMatch(FeedStart::isWhole);
    }

    private static boolean isWhole(FeedSettings feed) {
        if (feed.topicPattern() != null || feed.start() == StartPosition.TIMESTAMP) {
            return false;
        }
        Properties properties = new Properties();
        properties.putAll(feed.kafkaProperties());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, feed.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Collection<TopicPartition> partitions = new ArrayList<>();
            for (String topic : feed.topics()) {
                consumer.partitionsFor(topic)
                        .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
            }
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
            return starts.values().stream().allMatch(start -> start == 0);
        }
    }
}
