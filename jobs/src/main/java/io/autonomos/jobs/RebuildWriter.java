package io.autonomos.jobs;

import io.autonomos.operators.materialize.RecordMessages;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.model.EntityModel;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a rebuild of one tenant to the job: what each record is to say, then the commit. Closed
 * without a commit, it is taken back.
 */
public final class RebuildWriter implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final String tenant;
    private final String rebuild = UUID.randomUUID().toString();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private Future<RecordMetadata> last;
    private long count;
    private boolean ended;

    /** A rebuild on the topic of a job with these settings. */
    public RebuildWriter(JobSettings settings, String tenant) {
        this.tenant = tenant;
        topic = Topics.rebuild(settings.kafka().topicPrefix());
        Properties properties = new Properties();
        properties.putAll(settings.source().kafkaProperties());
        properties.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.source().bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Long.toString(settings.kafka().maxMessageSize().getBytes()));
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What a record is to say; of several versions the latest counts. */
    public void stage(CanonicalEvent event) {
        count++;
        send(RecordMessages.stage(rebuild, EntityModel.shipped().entity(event.entity()), event));
    }

    /** A live version that gives way to what is staged, or is gone where nothing is. */
    public void remove(RebuildMessage.Said record) {
        count++;
        send(new RebuildMessage(RebuildMessage.REMOVE, tenant, rebuild, null, record));
    }

    /** Lets all of it hold; returns how many messages it has. */
    public long commit() {
        producer.flush();
        check();
        end(RebuildMessage.COMMIT);
        return count;
    }

    private void end(String kind) {
        Long all = kind.equals(RebuildMessage.COMMIT) ? (Long) count : null;
        ended = true;
        try {
            send(RebuildMessage.end(kind, tenant, rebuild, all));
            last.get();
        } catch (ExecutionException e) {
            failure.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.set(e);
        }
        check();
    }

    private void send(RebuildMessage message) {
        byte[] key = tenant.getBytes(StandardCharsets.UTF_8);
        last =
                producer.send(
                        new ProducerRecord<>(topic, 0, key, MessageJson.write(message)),
                        (place, problem) -> {
                            if (problem != null) {
                                failure.compareAndSet(null, problem);
                            }
                        });
    }

    private void check() {
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException(
                    "%s: topic %s did not take the rebuild: %s"
                            .formatted(ErrorCode.STORE_DOWN.code(), topic, problem.getMessage()),
                    problem);
        }
    }

    @Override
    public void close() {
        try {
            if (!ended) {
                end(RebuildMessage.ABORT);
            }
        } finally {
            producer.close();
        }
    }
}
