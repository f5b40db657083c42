package io.autonomos.jobs;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to a raw topic with the headers of the contract, keyed by stream, so that a
 * stream's records keep their order.
 */
public final class RawTopicWriter implements AutoCloseable {

    private static final Set<String> RESENT =
            Set.of(
                    "tenant",
                    "connection",
                    "source",
                    "stream",
                    "op",
                    "record-id",
                    "emitted-at",
                    "autonomos.csv-header",
                    "autonomos.format",
                    "autonomos.attempt",
                    "autonomos.first-failed-at");

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public RawTopicWriter(String bootstrapServers, Map<String, String> properties, String topic) {
        Properties all = new Properties();
        all.putAll(properties);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        all.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10));
        // On a topic that was just made the first of several requests can fail and the second not;
        // the first is then out of order for ever.
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(64 << 20));
        this.topic = topic;
        this.producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Hands one record over; failures show at the latest in {@link #close}.
     *
     * @param op upsert or delete, or null to leave the header out
     * @param recordId the record's id, or null to leave the header out
     * @param emittedAt epoch milliseconds
     */
    public void send(
            StreamKey key,
            String source,
            String op,
            String recordId,
            long emittedAt,
            byte[] value) {
        send(addressed(key, source, op, recordId, emittedAt, value));
    }

    /**
     * Hands over a row of a CSV file as it stands there.
     *
     * @param csvHeader the file's header line
     */
    public void sendRow(
            StreamKey key, String source, String op, long emittedAt, String csvHeader, byte[] row) {
        ProducerRecord<byte[], byte[]> record = addressed(key, source, op, null, emittedAt, row);
        header(record, "autonomos.csv-header", csvHeader);
        send(record);
    }

    private ProducerRecord<byte[], byte[]> addressed(
            StreamKey key,
            String source,
            String op,
            String recordId,
            long emittedAt,
            byte[] value) {
        throwFailure();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, null, bytes(key.path()), value);
        header(record, "tenant", key.tenant());
        header(record, "connection", key.connection());
        header(record, "source", source);
        header(record, "stream", key.stream());
        header(record, "op", op);
        header(record, "record-id", recordId);
        header(record, "emitted-at", Long.toString(emittedAt));
        return record;
    }

    /**
     * Hands over a message of another format than the raw topic's, without headers. Without a key
     * it goes to the first partition, so that the messages keep their order.
     *
     * @param key or null
     * @param value or null for a tombstone
     */
    public void sendAsIs(byte[] key, byte[] value) {
        throwFailure();
        send(new ProducerRecord<>(topic, key == null ? 0 : null, null, key, value));
    }

    /**
     * Sends a dead letter again: its key, its bytes, the address it came with, its tries and how to
     * read it.
     */
    public void resend(ConsumerRecord<byte[], byte[]> letter) {
        throwFailure();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, null, letter.key(), letter.value());
        for (Header header : letter.headers()) {
            if (RESENT.contains(header.key())) {
                record.headers().add(header);
            }
        }
        send(record);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> unused =
                producer.send(
                        record,
                        (metadata, e) -> {
                            if (e != null) {
                                failure.compareAndSet(null, e);
                            }
                        });
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        if (value != null) {
            record.headers().add(name, bytes(value));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends what waits for a full batch. */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    /** Waits until all records are stored. */
    @Override
    public void close() {
        producer.close();
        throwFailure();
    }

    private void throwFailure() {
        Exception e = failure.get();
        if (e != null) {
            boolean tooLarge = e instanceof RecordTooLargeException;
            ErrorCode code = tooLarge ? ErrorCode.RECORD_TOO_LARGE : ErrorCode.STORE_DOWN;
            throw new IllegalStateException(
                    "%s: topic %s did not take a record: %s"
                            .formatted(code.code(), topic, e.getMessage()),
                    e);
        }
    }
}
