package io.autonomos.operators.source;

import static io.autonomos.operators.source.EmittedAt.INVALID;

import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes the raw record of one message whose format is not the raw topic's. */
final class FeedRecord {

    private static final byte[] EMPTY = {};

    private final ConsumerRecord<byte[], byte[]> record;
    private final RawHeaders headers;
    private final FeedFormat format;
    private final FeedMessage message = new FeedMessage();

    FeedRecord(ConsumerRecord<byte[], byte[]> record, RawHeaders headers, FeedFormat format) {
        this.record = record;
        this.headers = headers;
        this.format = format;
    }

    /** The record, or null where the message holds none. */
    RawRecord read(FeedReader reader, AddressResolver addresses, int maxRecordSize) {
        boolean empty = RawRecordDeserializer.isEmpty(record);
        Fault fault = null;
        if (!empty && record.value().length > maxRecordSize) {
            fault = RecordFaults.tooLarge(record, maxRecordSize);
        } else if (empty && format != FeedFormat.DEBEZIUM) {
            fault = RecordFaults.empty(record);
        } else {
            reader.read(record, message);
        }
        if (message.skipped) {
            return null;
        }
        if (message.code != null) {
            fault = RecordFaults.message(record, message);
        }
        return raw(addresses.resolve(headers, message), fault);
    }

    /** A message that cannot be read is told before an address that it would have held. */
    private RawRecord raw(Address address, Fault unreadable) {
        byte[] id = message.recordId == null ? headers.recordId : message.recordId;
        String idProblem = id == null ? null : AddressText.problem(id, AddressText.MAX_RECORD_ID);
        Fault fault = unreadable;
        if (fault == null && !address.isValid()) {
            fault = address.fault(RecordFaults.where(record));
        }
        if (fault == null && idProblem != null) {
            fault = RecordFaults.header(record, "record-id", idProblem);
        }
        return new RawRecord(
                address.key(),
                address.source(),
                message.op,
                id == null || idProblem != null ? null : AddressText.decode(id),
                emittedAt(),
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                message.value,
                record.value() == null ? EMPTY : record.value(),
                fault,
                null,
                headers.attempt == null ? null : RawRecordDeserializer.retry(headers),
                format.word());
    }

    private long emittedAt() {
        if (message.emittedAt != INVALID) {
            return message.emittedAt;
        }
        long sent = headers.emittedAt == null ? INVALID : EmittedAt.parse(headers.emittedAt);
        return sent == INVALID ? Math.max(0, record.timestamp()) : sent;
    }
}
