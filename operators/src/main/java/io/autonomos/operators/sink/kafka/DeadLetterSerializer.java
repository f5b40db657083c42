package io.autonomos.operators.sink.kafka;

import static io.autonomos.operators.sink.kafka.CloudEvents.header;

import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes messages of the topic {@code <prefix>.dead-letter}: the original key and bytes, and the
 * reason in headers.
 *
 * <p>{@code __connect.errors.*} are the names that Kafka Connect gives its dead letters, {@code
 * autonomos.*} hold what it has no name for, and the headers of the raw topic are repeated as they
 * came in, so that a replay can put the message back as it stands. A record whose address could not
 * be read has no headers of the raw topic.
 */
public final class DeadLetterSerializer implements KafkaRecordSerializationSchema<DeadLetter> {

    private static final long serialVersionUID = 1L;
    private static final String CONNECT = "__connect.errors.";
    private static final String OURS = "autonomos.";
    private static final int MAX_TEXT = 1024;
    private static final int MAX_KEY = 1 << 16;

    /** What a batch, a record and the header that tells of a cut take at most. */
    private static final int ROOM = 512;

    private final String topic;
    private final int maxMessageSize;

    /**
     * @param maxMessageSize the largest message that can be sent; a larger payload is cut, and its
     *     full size stands in the header {@code autonomos.value-size}; so is a key over 64 KiB,
     *     with {@code autonomos.key-size}
     */
    public DeadLetterSerializer(String prefix, int maxMessageSize) {
        topic = prefix + ".dead-letter";
        this.maxMessageSize = maxMessageSize;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext context, Long timestamp) {
        RawRecord record = letter.record();
        Headers headers = new Headers();
        addConnect(headers, letter, context.getParallelInstanceId());
        addOurs(headers, letter);
        addOriginal(headers, record);
        addCloudEvent(headers, letter);
        byte[] key = fitted(record.rawKey(), MAX_KEY, "key-size", headers);
        int taken = headers.size() + (key == null ? 0 : key.length) + ROOM;
        int room = Math.max(0, maxMessageSize - taken);
        byte[] value = fitted(record.originalBytes(), room, "value-size", headers);
        return new ProducerRecord<>(topic, null, null, key, value, headers.list);
    }

    private static byte[] fitted(byte[] bytes, int room, String name, Headers headers) {
        if (bytes == null || bytes.length <= room) {
            return bytes;
        }
        headers.add(OURS + name, Integer.toString(bytes.length));
        return Arrays.copyOf(bytes, room);
    }

    private static void addConnect(Headers headers, DeadLetter letter, int subtask) {
        RawRecord record = letter.record();
        Fault fault = letter.fault();
        headers.add(CONNECT + "topic", record.origin());
        headers.add(CONNECT + "partition", Integer.toString(record.partition()));
        headers.add(CONNECT + "offset", Long.toString(record.position()));
        headers.add(CONNECT + "connector.name", "autonomos");
        headers.add(CONNECT + "task.id", Integer.toString(subtask));
        headers.add(CONNECT + "stage", stage(fault.code()));
        headers.add(CONNECT + "exception.class.name", Fault.class.getName());
        headers.add(CONNECT + "exception.message", fault.message());
    }

    /** Connect's stage that comes closest to the range of the error code. */
    private static String stage(String code) {
        if (code.startsWith("AOS-1")) {
            return "HEADER_CONVERTER";
        }
        return code.startsWith("AOS-2") ? "VALUE_CONVERTER" : "TRANSFORMATION";
    }

    private static void addOurs(Headers headers, DeadLetter letter) {
        StreamKey key = letter.record().key();
        headers.add(OURS + "tenant", key.tenant());
        headers.add(OURS + "connection", key.connection());
        headers.add(OURS + "stream", key.stream());
        headers.add(OURS + "source", letter.record().source());
        headers.add(OURS + "error-code", letter.fault().code());
        headers.add(OURS + "field", letter.fault().field());
        headers.add(OURS + "fingerprint", letter.fingerprint());
        if (letter.mapping() != null) {
            headers.add(OURS + "mapping", letter.mapping());
            headers.add(OURS + "mapping-version", Integer.toString(letter.mappingVersion()));
        }
        headers.addWhole(OURS + "csv-header", letter.record().csvHeader());
        headers.add(OURS + "format", letter.record().format());
        headers.add(OURS + "attempt", Integer.toString(letter.attempt()));
        headers.add(OURS + "first-failed-at", Instant.ofEpochMilli(letter.failedAt()).toString());
    }

    private static void addOriginal(Headers headers, RawRecord record) {
        if (record.key().equals(StreamKey.UNADDRESSED)) {
            return;
        }
        headers.addWhole("tenant", record.key().tenant());
        headers.addWhole("connection", record.key().connection());
        headers.addWhole("source", record.source());
        headers.addWhole("stream", record.key().stream());
        headers.addWhole("op", record.op());
        headers.addWhole("record-id", record.recordId());
        headers.addWhole("emitted-at", Long.toString(record.emittedAt()));
    }

    private static void addCloudEvent(Headers headers, DeadLetter letter) {
        RawRecord record = letter.record();
        headers.list.add(CloudEvents.SPEC_VERSION);
        headers.add(
                CloudEvents.ID,
                record.origin()
                        + "/"
                        + record.partition()
                        + "/"
                        + record.position()
                        + "/"
                        + letter.attempt());
        headers.add(CloudEvents.SOURCE, CloudEvents.source(record.key()));
        headers.add(CloudEvents.TYPE, "io.autonomos.dead-letter");
        headers.add(CloudEvents.TIME, Instant.ofEpochMilli(letter.failedAt()).toString());
        headers.add(CloudEvents.SUBJECT, record.recordId());
    }

    /** Collects headers that have a value. */
    private static final class Headers {

        private static final int MAX_VARINT = 5;

        private final List<Header> list = new ArrayList<>(32);

        void add(String name, String value) {
            addWhole(name, value == null ? null : cut(value));
        }

        void addWhole(String name, String value) {
            if (value != null) {
                list.add(header(name, value));
            }
        }

        int size() {
            int size = 0;
            for (Header each : list) {
                size += each.key().length() + each.value().length + 2 * MAX_VARINT;
            }
            return size;
        }

        private static String cut(String value) {
            if (value.length() <= MAX_TEXT) {
                return value;
            }
            boolean splitsPair = Character.isHighSurrogate(value.charAt(MAX_TEXT - 1));
            return value.substring(0, splitsPair ? MAX_TEXT - 1 : MAX_TEXT);
        }
    }
}
