package io.autonomos.jobs;

import io.autonomos.operators.sink.kafka.JsonKey;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.Review;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes people's decisions to their topic, those on one proposal to one partition. */
public final class ReviewWriter {

    private final TopicSender sender;
    private final String topic;

    /**
     * A writer; it connects when it is used.
     *
     * @param properties of Kafka's clients
     */
    public ReviewWriter(
            String bootstrapServers, Map<String, String> properties, String topicPrefix) {
        sender = new TopicSender(bootstrapServers, properties);
        topic = Topics.reviews(topicPrefix);
    }

    /** Writes the decision and returns when the brokers have it. */
    public void send(Review review) {
        byte[] key = JsonKey.of(review.tenant(), review.proposalId());
        sender.send(new ProducerRecord<>(topic, key, MessageJson.write(review)), "the review");
    }
}
