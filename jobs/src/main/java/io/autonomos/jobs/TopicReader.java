package io.autonomos.jobs;

import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning, committed records only, up to what is there at each call. It
 * goes on where the last call ended.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String servers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    public TopicReader(String bootstrapServers, Map<String, String> properties) {
        Properties all = new Properties();
        all.putAll(properties);
        all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        servers = bootstrapServers;
        try {
            consumer =
                    new KafkaConsumer<>(
                            all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw Topics.unreachable("the topics cannot be read", servers, e);
        }
    }

    /** Hands every new record of a topic to {@code each}. */
    public void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(Pattern.compile(Pattern.quote(topic)), each);
    }

    /** The message that a record holds, or null where it holds something else. */
    public static <T> T message(Class<T> type, ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : MessageJson.read(type, record.value());
        } catch (MessageException e) {
            return null;
        }
    }

    /** Hands every new record of the topics whose name matches to {@code each}. */
    public void read(Pattern topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Collection<TopicPartition> partitions = partitions(topics);
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long position = next.get(partition);
            if (position == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, position);
            }
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            consumer.poll(POLL).forEach(each);
        }
        partitions.forEach(p -> next.put(p, consumer.position(p)));
    }

    private Collection<TopicPartition> partitions(Pattern topics) {
        Collection<TopicPartition> partitions = new ArrayList<>();
        for (Map.Entry<String, List<PartitionInfo>> topic : new TreeMap<>(topics()).entrySet()) {
            if (topics.matcher(topic.getKey()).matches()) {
                topic.getValue()
                        .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
            }
        }
        return partitions;
    }

    private Map<String, List<PartitionInfo>> topics() {
        try {
            return consumer.listTopics();
        } catch (TimeoutException | AuthenticationException e) {
            throw Topics.unreachable("the topics cannot be read", servers, e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
