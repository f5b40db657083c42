package io.autonomos.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.Review;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes people's decisions to their topic, those on one proposal to one partition. */
public final class ReviewWriter {

    private final String bootstrapServers;
    private final Map<String, String> properties;
    private final String topic;

    /**
     * A writer; it connects when it is used.
     *
     * @param properties of Kafka's clients
     */
    public ReviewWriter(
            String bootstrapServers, Map<String, String> properties, String topicPrefix) {
        this.bootstrapServers = bootstrapServers;
        this.properties = Map.copyOf(properties);
        topic = Topics.reviews(topicPrefix);
    }

    /** Writes the decision and returns when the brokers have it. */
    public void send(Review review) {
        Properties all = new Properties();
        all.putAll(properties);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        byte[] key =
                new ObjectMapper()
                        .createArrayNode()
                        .add(review.tenant())
                        .add(review.proposalId())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, MessageJson.write(review))).get();
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private IllegalStateException failed(Throwable cause) {
        return new IllegalStateException(
                "%s: topic %s did not take the review: %s"
                        .formatted(ErrorCode.STORE_DOWN.code(), topic, cause.getMessage()),
                cause);
    }
}
