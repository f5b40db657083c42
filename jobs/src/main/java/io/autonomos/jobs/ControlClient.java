package io.autonomos.jobs;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Reads the settings of tenants and changes them. */
public final class ControlClient {

    private static final int MOST_TRIES = 5;

    private final String bootstrapServers;
    private final Map<String, String> properties;
    private final String topicPrefix;

    /**
     * A client; it connects when it is used.
     *
     * @param properties of Kafka's clients
     */
    public ControlClient(
            String bootstrapServers, Map<String, String> properties, String topicPrefix) {
        this.bootstrapServers = bootstrapServers;
        this.properties = Map.copyOf(properties);
        this.topicPrefix = topicPrefix;
    }

    /** What the topic says now; of two messages of one revision the first counts, as in the job. */
    public Controls read() {
        Controls controls = new Controls(Map.of());
        try (TopicReader reader = new TopicReader(bootstrapServers, properties)) {
            reader.read(
                    topic(),
                    record -> {
                        ControlMessage message = TopicReader.message(ControlMessage.class, record);
                        if (message != null) {
                            controls.add(message);
                        }
                    });
        }
        return controls;
    }

    /**
     * Changes a tenant's settings. Where another writer was faster, its change is kept and this one
     * is made on top of it.
     *
     * @param change makes the next message of the one in force, or null, with the next revision
     * @return the message in force then
     */
    public ControlMessage change(String tenant, UnaryOperator<ControlMessage> change) {
        Topics.ensureControl(bootstrapServers, properties, topicPrefix);
        for (int i = 0; i < MOST_TRIES; i++) {
            ControlMessage next = change.apply(read().of(tenant));
            write(next);
            if (next.equals(read().of(tenant))) {
                return next;
            }
        }
        throw new IllegalStateException(
                "%s: the settings of %s changed %d times in between. %s"
                        .formatted(
                                ErrorCode.CONTROL_REVISION.code(),
                                tenant,
                                MOST_TRIES,
                                ErrorCode.CONTROL_REVISION.remedy()));
    }

    private void write(ControlMessage message) {
        byte[] key = message.tenant().getBytes(StandardCharsets.UTF_8);
        new TopicSender(bootstrapServers, properties)
                .send(
                        new ProducerRecord<>(topic(), 0, key, MessageJson.write(message)),
                        "the settings");
    }

    private String topic() {
        return Topics.control(topicPrefix);
    }
}
