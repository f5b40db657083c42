package io.autonomos.operators.source;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads the raw topic: the address from the headers, the payload untouched.
 *
 * <p>Headers {@code tenant}, {@code connection}, {@code source} and {@code stream} are required,
 * {@code op}, {@code record-id} and {@code emitted-at} are not; of two headers with one name the
 * last counts. A replayed dead letter says by {@code autonomos.attempt} and {@code
 * autonomos.first-failed-at} what it went through; as no more than that hangs on these two, bad
 * values are ignored. Every Kafka record becomes exactly one raw record: what is wrong with it is
 * its {@link RawRecord#fault()}, never an exception.
 */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1;
    private static final byte[] UPSERT = RawRecord.UPSERT.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELETE = RawRecord.DELETE.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = {};
    private static final int MAX_ATTEMPT_DIGITS = 9;

    private final int maxRecordSize;

    private transient AddressBook addresses;

    public RawRecordDeserializer(int maxRecordSize) {
        this.maxRecordSize = maxRecordSize;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        addresses = new AddressBook();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(read(record));
    }

    RawRecord read(ConsumerRecord<byte[], byte[]> record) {
        byte[] tenant = null;
        byte[] connection = null;
        byte[] source = null;
        byte[] stream = null;
        byte[] op = null;
        byte[] recordId = null;
        byte[] emittedAt = null;
        byte[] attempt = null;
        byte[] firstFailedAt = null;
        for (Header header : record.headers()) {
            switch (header.key()) {
                case "tenant" -> tenant = header.value();
                case "connection" -> connection = header.value();
                case "source" -> source = header.value();
                case "stream" -> stream = header.value();
                case "op" -> op = header.value();
                case "record-id" -> recordId = header.value();
                case "emitted-at" -> emittedAt = header.value();
                case "autonomos.attempt" -> attempt = header.value();
                case "autonomos.first-failed-at" -> firstFailedAt = header.value();
                default -> {
                    // Tracing headers and the like are not part of the contract.
                }
            }
        }
        Address address = addresses.resolve(tenant, connection, source, stream);
        Fault fault = fault(record, address, op, recordId, emittedAt);
        return new RawRecord(
                address.key(),
                address.source(),
                op(record, op, recordId),
                isReadable(recordId) ? AddressText.decode(recordId) : null,
                emittedAt(record, emittedAt),
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.value() == null ? EMPTY : record.value(),
                null,
                fault,
                null,
                attempt == null ? null : retry(attempt, firstFailedAt));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }

    private static String op(ConsumerRecord<byte[], byte[]> record, byte[] op, byte[] recordId) {
        if (op == null) {
            return isEmpty(record) && recordId != null ? RawRecord.DELETE : null;
        }
        if (Arrays.equals(op, UPSERT)) {
            return RawRecord.UPSERT;
        }
        return Arrays.equals(op, DELETE) ? RawRecord.DELETE : null;
    }

    private static long emittedAt(ConsumerRecord<byte[], byte[]> record, byte[] header) {
        long sent = header == null ? EmittedAt.INVALID : EmittedAt.parse(header);
        return sent == EmittedAt.INVALID ? Math.max(0, record.timestamp()) : sent;
    }

    private static Retry retry(byte[] attempt, byte[] firstFailedAt) {
        long failed = EmittedAt.digits(attempt, MAX_ATTEMPT_DIGITS);
        if (failed < 1) {
            return null;
        }
        long at = firstFailedAt == null ? EmittedAt.INVALID : EmittedAt.parse(firstFailedAt);
        return new Retry((int) failed, at == EmittedAt.INVALID ? Retry.UNKNOWN : at);
    }

    private static boolean isReadable(byte[] recordId) {
        return AddressText.problem(recordId, AddressText.MAX_RECORD_ID) == null;
    }

    private static boolean isEmpty(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null || record.value().length == 0;
    }

    private Fault fault(
            ConsumerRecord<byte[], byte[]> record,
            Address address,
            byte[] op,
            byte[] recordId,
            byte[] emittedAt) {
        if (!address.isValid()) {
            return address.fault(where(record));
        }
        if (op != null && !Arrays.equals(op, UPSERT) && !Arrays.equals(op, DELETE)) {
            return invalid(record, "op", "is neither upsert nor delete");
        }
        if (recordId != null && !isReadable(recordId)) {
            String problem = AddressText.problem(recordId, AddressText.MAX_RECORD_ID);
            return invalid(record, "record-id", problem);
        }
        if (emittedAt != null && EmittedAt.parse(emittedAt) == EmittedAt.INVALID) {
            return invalid(record, "emitted-at", "is neither ISO 8601 nor epoch milliseconds");
        }
        if (isEmpty(record) && !RawRecord.DELETE.equals(op(record, op, recordId))) {
            ErrorCode code = ErrorCode.VALUE_EMPTY;
            return Fault.of(code, where(record) + ": no payload. " + code.remedy());
        }
        return isEmpty(record) || record.value().length <= maxRecordSize ? null : tooLarge(record);
    }

    private Fault tooLarge(ConsumerRecord<byte[], byte[]> record) {
        ErrorCode code = ErrorCode.RECORD_TOO_LARGE;
        return Fault.of(
                code,
                "%s: %d bytes, %s is %d. %s"
                        .formatted(
                                where(record),
                                record.value().length,
                                SourceOptions.MAX_RECORD_SIZE.key(),
                                maxRecordSize,
                                code.remedy()));
    }

    private static Fault invalid(
            ConsumerRecord<byte[], byte[]> record, String header, String problem) {
        ErrorCode code = ErrorCode.HEADER_INVALID;
        String message = "%s: header %s %s. %s";
        return Fault.of(
                code, header, message.formatted(where(record), header, problem, code.remedy()));
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
    }
}
