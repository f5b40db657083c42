package io.autonomos.operators.source;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What can be wrong with a Kafka record beside its address. */
final class RecordFaults {

    private RecordFaults() {}

    /** Where the record stands. */
    static String where(ConsumerRecord<byte[], byte[]> record) {
        return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
    }

    /** A header is wrong. */
    static Fault header(ConsumerRecord<byte[], byte[]> record, String header, String problem) {
        ErrorCode code = ErrorCode.HEADER_INVALID;
        String message = "%s: header %s %s. %s";
        return Fault.of(
                code, header, message.formatted(where(record), header, problem, code.remedy()));
    }

    /** There is no payload. */
    static Fault empty(ConsumerRecord<byte[], byte[]> record) {
        ErrorCode code = ErrorCode.VALUE_EMPTY;
        return Fault.of(code, where(record) + ": no payload. " + code.remedy());
    }

    /** The payload is over the limit. */
    static Fault tooLarge(ConsumerRecord<byte[], byte[]> record, int limit) {
        ErrorCode code = ErrorCode.RECORD_TOO_LARGE;
        return Fault.of(
                code,
                "%s: %d bytes, %s is %d. %s"
                        .formatted(
                                where(record),
                                record.value().length,
                                SourceOptions.MAX_RECORD_SIZE.key(),
                                limit,
                                code.remedy()));
    }

    /** What a message of a feed says is wrong. */
    static Fault message(ConsumerRecord<byte[], byte[]> record, FeedMessage message) {
        ErrorCode code = message.code;
        String what = message.field == null ? "" : known(message) + " ";
        return Fault.of(
                code,
                message.field,
                "%s: %s%s. %s".formatted(where(record), what, message.problem, code.remedy()));
    }

    /** Names of columns come from outside and stay out of messages. */
    private static String known(FeedMessage message) {
        boolean column =
                message.code == ErrorCode.FEED_VALUE
                        || (message.code == ErrorCode.FEED_INCOMPLETE
                                && !message.field.equals("after")
                                && !message.field.equals("key"));
        return column ? "a column" : message.field;
    }
}
