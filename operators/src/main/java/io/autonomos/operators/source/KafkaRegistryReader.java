package io.autonomos.operators.source;

import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RegistryReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the registry topic by a consumer that lives as long as one reading. */
public final class KafkaRegistryReader implements RegistryReader {

    private static final long serialVersionUID = 1L;
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final HashMap<String, String> properties;
    private final String topic;

    /**
     * A reader of the topic; it connects when it reads.
     *
     * @param properties of Kafka's clients; references to secrets are resolved where it reads
     */
    public KafkaRegistryReader(
            String bootstrapServers, Map<String, String> properties, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.properties = new HashMap<>(properties);
        this.topic = topic;
    }

    @Override
    public void read(Consumer<RegistryMessage> each) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        List<TopicPartition> partitions =
                List.of(new TopicPartition(topic, RegistryMessage.PARTITION));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            if (!consumer.listTopics().containsKey(topic)) {
                return;
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).get(partitions.get(0));
            while (consumer.position(partitions.get(0)) < end) {
                consumer.poll(POLL).forEach(r -> each.accept(RegistryDeserializer.read(r)));
            }
        }
    }
}
