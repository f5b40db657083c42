package io.autonomos.operators.source;

import io.autonomos.mappings.scan.ScanException;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads RECORD messages of the Airbyte protocol, and the messages that Airbyte's Kafka destination
 * makes of them. All other messages of the protocol hold no record and are skipped. A record that
 * Airbyte's change data capture marks as deleted is a delete.
 */
final class AirbyteReader implements FeedReader {

    private static final String[] WITHOUT_RECORD = {
        "STATE",
        "LOG",
        "TRACE",
        "CATALOG",
        "SPEC",
        "CONNECTION_STATUS",
        "CONTROL",
        "DESTINATION_CATALOG"
    };

    private static final int TYPE = 0;
    private static final int STREAM = 1;
    private static final int NAMESPACE = 2;
    private static final int EMITTED_AT = 3;
    private static final int DATA = 4;
    private static final int DELETED_AT = 5;

    /** The same paths for the destination's messages, which have no type. */
    private static final int DESTINATION = 5;

    private static final int EXTRACTED_AT = 11;

    private final MessageScanner message;
    private final MessageScanner text;

    AirbyteReader(int maxRecordSize) {
        text = new MessageScanner(maxRecordSize, "_ab_cdc_deleted_at");
        message =
                new MessageScanner(
                        maxRecordSize,
                        "type",
                        "record.stream",
                        "record.namespace",
                        "record.emitted_at",
                        "record.data",
                        "record.data._ab_cdc_deleted_at",
                        "_airbyte_stream",
                        "_airbyte_namespace",
                        "_airbyte_emitted_at",
                        "_airbyte_data",
                        "_airbyte_data._ab_cdc_deleted_at",
                        "_airbyte_extracted_at");
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> record, FeedMessage into) {
        try {
            message.scan(record.value());
        } catch (ScanException e) {
            into.fail(e);
            return;
        }
        if (message.is(TYPE, "RECORD")) {
            record(0, message.time(EMITTED_AT), into);
        } else if (message.has(DESTINATION + DATA)) {
            boolean emitted = message.has(DESTINATION + EMITTED_AT);
            record(
                    DESTINATION,
                    message.time(emitted ? DESTINATION + EMITTED_AT : EXTRACTED_AT),
                    into);
        } else if (holdsNoRecord()) {
            into.skip();
        } else {
            into.fail(ErrorCode.FEED_FORMAT, "type", "names no message of the Airbyte protocol");
        }
    }

    private boolean holdsNoRecord() {
        for (String type : WITHOUT_RECORD) {
            if (message.is(TYPE, type)) {
                return true;
            }
        }
        return false;
    }

    private void record(int shape, long emittedAt, FeedMessage into) {
        into.stream = message.text(shape + STREAM);
        into.namespace = message.text(shape + NAMESPACE);
        into.emittedAt = emittedAt;
        boolean destination = shape == DESTINATION;
        if (message.isObject(shape + DATA)) {
            into.value = message.slice(shape + DATA);
        } else if (destination && message.isString(DESTINATION + DATA)) {
            into.value = message.text(DESTINATION + DATA);
        } else {
            into.fail(ErrorCode.FEED_FORMAT, "data", "is no object");
            return;
        }
        boolean timed = message.has(shape + EMITTED_AT) || (destination && hasExtractedAt());
        if (timed && emittedAt == EmittedAt.INVALID) {
            into.fail(ErrorCode.FEED_FORMAT, "emitted_at", "is no time");
        }
        if (message.has(shape + DELETED_AT) || isDeletedInText(shape, into.value)) {
            into.op = RawRecord.DELETE;
        }
    }

    /** The destination may write the record as a text; what is wrong with it is told later. */
    private boolean isDeletedInText(int shape, byte[] value) {
        if (!message.isString(shape + DATA)) {
            return false;
        }
        try {
            text.scan(value);
            return text.has(0);
        } catch (ScanException e) {
            return false;
        }
    }

    private boolean hasExtractedAt() {
        return message.has(EXTRACTED_AT);
    }
}
