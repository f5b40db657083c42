package io.autonomos.schemas;

import io.autonomos.schemas.types.RawRecordSerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One record as its system sent it: the original bytes and the address.
 *
 * @param key the stream it belongs to
 * @param source the kind of system, such as {@code salesforce}
 * @param op {@link #UPSERT} or {@link #DELETE}, or null where the sender did not say
 * @param recordId the sender's id of the record, or null where the mapping finds it in the payload
 * @param emittedAt when the connector emitted it, epoch milliseconds; orders records that carry no
 *     clock of their own
 * @param origin topic or file name it was read from
 * @param partition partition of the topic, or 0
 * @param position offset in the partition, or line in the file; orders records with equal clocks
 * @param rawKey the Kafka key, or null
 * @param value the payload as JSON bytes; empty for a delete without a body
 * @param original the bytes as received where {@code value} was derived from them (a CSV row), else
 *     null
 * @param fault why it can already be told that the record is unreadable, or null
 * @param csvHeader the header line of the file that {@code original} is a row of, or null
 * @param retry the tries before where it is sent again after it failed, or null
 * @param format the word for the format of the message that {@code value} was taken from, such as
 *     {@code debezium}, or null where the message was the record
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
@TypeInfo(RawRecordSerializer.Factory.class)
public record RawRecord(
        StreamKey key,
        String source,
        String op,
        String recordId,
        long emittedAt,
        String origin,
        int partition,
        long position,
        byte[] rawKey,
        byte[] value,
        byte[] original,
        Fault fault,
        String csvHeader,
        Retry retry,
        String format) {

    public static final String UPSERT = "upsert";
    public static final String DELETE = "delete";

    /** A record on its first try that is no row of a CSV file. */
    public RawRecord(
            StreamKey key,
            String source,
            String op,
            String recordId,
            long emittedAt,
            String origin,
            int partition,
            long position,
            byte[] rawKey,
            byte[] value,
            byte[] original,
            Fault fault) {
        this(
                key, source, op, recordId, emittedAt, origin, partition, position, rawKey, value,
                original, fault, null, null, null);
    }

    /** The same record under an id. */
    public RawRecord withId(String id) {
        return with(op, id, emittedAt, value, original, fault, csvHeader);
    }

    /** The same record with its payload read, or found unreadable. */
    public RawRecord with(byte[] read, byte[] from, Fault why, String header) {
        return with(op, recordId, emittedAt, read, from, why, header);
    }

    /** The same record, said to be gone. */
    public RawRecord asDelete() {
        return with(DELETE, recordId, emittedAt, value, original, fault, csvHeader);
    }

    /**
     * The record that was found inside this one's payload, which stays the original.
     *
     * @param op as {@link #op}
     * @param id as {@link #recordId}
     * @param at as {@link #emittedAt}
     */
    public RawRecord inside(String op, String id, long at, byte[] record) {
        return with(op, id, at, record, originalBytes(), fault, csvHeader);
    }

    private RawRecord with(
            String op,
            String recordId,
            long emittedAt,
            byte[] value,
            byte[] original,
            Fault fault,
            String csvHeader) {
        return new RawRecord(
                key, source, op, recordId, emittedAt, origin, partition, position, rawKey, value,
                original, fault, csvHeader, retry, format);
    }

    /** The bytes exactly as the sender wrote them. */
    public byte[] originalBytes() {
        return original == null ? value : original;
    }
}
