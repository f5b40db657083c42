package io.autonomos.jobs;

import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.operators.sink.kafka.RegistrySerializer;
import io.autonomos.operators.source.KafkaRegistryReader;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the registry of mapping versions and publishes to it. */
public final class RegistryClient {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final Map<String, String> properties;
    private final String topicPrefix;

    /**
     * A client; it connects when it is used.
     *
     * @param properties of Kafka's clients
     */
    public RegistryClient(
            String bootstrapServers, Map<String, String> properties, String topicPrefix) {
        this.bootstrapServers = bootstrapServers;
        this.properties = Map.copyOf(properties);
        this.topicPrefix = topicPrefix;
    }

    /** What the registry says now. */
    public RegistryBook read() {
        RegistryBook book = new RegistryBook();
        new KafkaRegistryReader(bootstrapServers, properties, topic()).read(book::add);
        return book;
    }

    /** Publishes a version and returns where it stands; the job has not decided by then. */
    public long publish(MappingVersion version) {
        Topics.ensureRegistry(bootstrapServers, properties, topicPrefix);
        RegistryMessage message = RegistryMessage.of(version);
        return new TopicSender(bootstrapServers, properties)
                .send(new RegistrySerializer(topicPrefix).serialize(message), "the version")
                .offset();
    }

    /**
     * Waits for the job's verdict on a message.
     *
     * @param offset what {@link #publish} returned
     * @return empty where no job has answered in time
     */
    public Optional<MappingVerdict> await(long offset, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Properties all = new Properties();
        all.putAll(properties);
        all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        TopicPartition partition = new TopicPartition(topic(), RegistryMessage.PARTITION);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset + 1);
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    MappingVerdict verdict =
                            RegistryMessage.read(
                                            record.key(),
                                            record.value(),
                                            record.partition(),
                                            record.offset())
                                    .verdict();
                    if (verdict != null && verdict.offset() == offset) {
                        return Optional.of(verdict);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private String topic() {
        return Topics.mappings(topicPrefix);
    }
}
