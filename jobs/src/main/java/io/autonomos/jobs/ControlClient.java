package io.autonomos.jobs;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

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
                    Pattern.compile(Pattern.quote(topic())),
                    record -> {
                        ControlMessage message = message(record);
                        if (message != null) {
                            controls.add(message);
                        }
                    });
        }
        return controls;
    }

    /** The message, or null where it is none; the job leaves it out as well. */
    private static ControlMessage message(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? null
                    : MessageJson.read(ControlMessage.class, record.value());
        } catch (MessageException e) {
            return null;
        }
    }

    /** A tenant's message in force, or null. */
    public static ControlMessage of(Controls controls, String tenant) {
        return controls.messages().stream()
                .filter(each -> each.tenant().equals(tenant))
                .findFirst()
                .orElse(null);
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
            ControlMessage next = change.apply(of(read(), tenant));
            write(next);
            if (next.equals(of(read(), tenant))) {
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
        Properties all = new Properties();
        all.putAll(properties);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        byte[] key = message.tenant().getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic(), 0, key, MessageJson.write(message))).get();
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private String topic() {
        return Topics.control(topicPrefix);
    }

    private IllegalStateException failed(Throwable cause) {
        return new IllegalStateException(
                "%s: topic %s did not take the settings: %s"
                        .formatted(ErrorCode.STORE_DOWN.code(), topic(), cause.getMessage()),
                cause);
    }
}
