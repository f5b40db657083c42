package io.autonomos.jobs;

import io.autonomos.schemas.ErrorCode;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes single messages; it connects for each. */
final class TopicSender {

    private final String bootstrapServers;
    private final Map<String, String> properties;

    /**
     * @param properties of Kafka's clients
     */
    TopicSender(String bootstrapServers, Map<String, String> properties) {
        this.bootstrapServers = bootstrapServers;
        this.properties = Map.copyOf(properties);
    }

    /**
     * Writes a message and returns where it stands when the brokers have it.
     *
     * @param what the message's name in errors
     */
    RecordMetadata send(ProducerRecord<byte[], byte[]> message, String what) {
        Properties all = new Properties();
        all.putAll(properties);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(message).get();
        } catch (ExecutionException e) {
            throw failed(message, what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(message, what, e);
        }
    }

    private static IllegalStateException failed(
            ProducerRecord<byte[], byte[]> message, String what, Throwable cause) {
        return new IllegalStateException(
                "%s: topic %s did not take %s: %s"
                        .formatted(
                                ErrorCode.STORE_DOWN.code(),
                                message.topic(),
                                what,
                                cause.getMessage()),
                cause);
    }
}
