package io.autonomos.operators.source;

import io.autonomos.mappings.scan.ScanException;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the plain envelope: {@code tenant}, {@code connection}, {@code source}, {@code stream},
 * {@code op}, {@code record_id}, {@code emitted_at} mean what the headers of a raw record do, and
 * {@code data} is the record. Other members are ignored.
 */
final class EnvelopeReader implements FeedReader {

    private static final String[] MEMBERS = {
        "tenant", "connection", "source", "stream", "op", "record_id", "emitted_at", "data"
    };
    private static final int TENANT = 0;
    private static final int CONNECTION = 1;
    private static final int SOURCE = 2;
    private static final int STREAM = 3;
    private static final int OP = 4;
    private static final int RECORD_ID = 5;
    private static final int EMITTED_AT = 6;
    private static final int DATA = 7;

    private final MessageScanner message;

    EnvelopeReader(int maxRecordSize) {
        message = new MessageScanner(maxRecordSize, MEMBERS);
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> record, FeedMessage into) {
        try {
            message.scan(record.value());
        } catch (ScanException e) {
            into.fail(e);
            return;
        }
        into.tenant = text(TENANT, into);
        into.connection = text(CONNECTION, into);
        into.source = text(SOURCE, into);
        into.stream = text(STREAM, into);
        into.recordId =
                message.isNumber(RECORD_ID) ? message.slice(RECORD_ID) : text(RECORD_ID, into);
        readOp(into);
        if (message.has(EMITTED_AT)) {
            into.emittedAt = message.time(EMITTED_AT);
            if (into.emittedAt == EmittedAt.INVALID) {
                wrong(EMITTED_AT, "is neither ISO 8601 nor epoch milliseconds", into);
            }
        }
        readData(into);
    }

    private void readOp(FeedMessage into) {
        if (message.is(OP, RawRecord.UPSERT)) {
            into.op = RawRecord.UPSERT;
        } else if (message.is(OP, RawRecord.DELETE)) {
            into.op = RawRecord.DELETE;
        } else if (message.has(OP)) {
            wrong(OP, "is neither upsert nor delete", into);
        }
    }

    private void readData(FeedMessage into) {
        if (message.isObject(DATA)) {
            into.value = message.slice(DATA);
        } else if (message.has(DATA)) {
            wrong(DATA, "is no object", into);
        } else if (!RawRecord.DELETE.equals(into.op) || into.recordId == null) {
            wrong(DATA, "is missing, and the message is no delete with a record_id", into);
        }
    }

    private byte[] text(int member, FeedMessage into) {
        if (message.has(member) && !message.isString(member)) {
            wrong(member, "is no text", into);
        }
        return message.text(member);
    }

    private static void wrong(int member, String problem, FeedMessage into) {
        if (into.code == null) {
            into.fail(ErrorCode.FEED_FORMAT, MEMBERS[member], problem);
        }
    }
}
