package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A topic of one format, read message by message as the job does. */
final class TestingTopic {

    static final long KAFKA_TIME = 1_700_000_000_000L;

    private final String name;
    private final RawRecordDeserializer deserializer;
    private int offset;

    TestingTopic(String name, FeedFormat format, FeedAddress settings) {
        this.name = name;
        deserializer = new RawRecordDeserializer(1 << 16, format, settings);
        deserializer.open(null);
    }

    /** A topic of one tenant's CRM. */
    static TestingTopic of(FeedFormat format) {
        return new TestingTopic(
                "t", format, new FeedAddress("acme", "crm", "supabase", null, false));
    }

    /** The record of a message without key and headers, or null where it holds none. */
    RawRecord read(String value) {
        return read(null, value, new RecordHeaders());
    }

    /** The record of a message without headers, or null where it holds none. */
    RawRecord read(String key, String value) {
        return read(key, value, new RecordHeaders());
    }

    RawRecord read(String key, String value, Headers headers) {
        return read(bytes(key), bytes(value), headers);
    }

    RawRecord read(byte[] key, byte[] value, Headers headers) {
        List<RawRecord> records = readAll(key, value, headers);
        assertThat(records).hasSizeLessThan(2);
        return records.isEmpty() ? null : records.get(0);
    }

    /** The records of a message. */
    List<RawRecord> readAll(byte[] key, byte[] value, Headers headers) {
        List<RawRecord> records = new ArrayList<>();
        deserializer.deserialize(
                new ConsumerRecord<>(
                        name,
                        0,
                        offset++,
                        KAFKA_TIME,
                        TimestampType.CREATE_TIME,
                        -1,
                        -1,
                        key,
                        value,
                        headers,
                        Optional.empty()),
                new ListCollector<>(records));
        return records;
    }

    /** What is in short: the code of the fault, or op, id and record. */
    static String told(RawRecord record) {
        if (record == null) {
            return "skipped";
        }
        if (record.fault() != null) {
            return record.fault().code();
        }
        String id = record.recordId() == null ? "" : record.recordId() + " ";
        return (record.op() == null ? "" : record.op() + " ")
                + id
                + new String(record.value(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
