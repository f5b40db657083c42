package io.autonomos.operators.source;

import static io.autonomos.operators.source.AddressText.MAX_RECORD_ID;
import static io.autonomos.operators.source.EmittedAt.INVALID;

import io.autonomos.operators.source.files.CsvRow;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.Utf8;
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

/**
 * Reads the raw topic: the address from the headers, the payload untouched.
 *
 * <p>Headers {@code tenant}, {@code connection}, {@code source} and {@code stream} are required,
 * {@code op}, {@code record-id} and {@code emitted-at} are not; of two headers with one name the
 * last counts. A replayed dead letter says by {@code autonomos.attempt} and {@code
 * autonomos.first-failed-at} what it went through; as no more than that hangs on these two, bad
 * values are ignored. With {@code autonomos.csv-header} the payload is a row of a CSV file and is
 * read by that header line. Every Kafka record becomes exactly one raw record: what is wrong with
 * it is its {@link RawRecord#fault()}, never an exception.
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
        RawHeaders headers = new RawHeaders(record.headers());
        Address address =
                addresses.resolve(
                        headers.tenant, headers.connection, headers.source, headers.stream);
        String op = op(record, headers);
        byte[] recordId = headers.recordId;
        String idProblem = recordId == null ? null : AddressText.problem(recordId, MAX_RECORD_ID);
        long sent = headers.emittedAt == null ? INVALID : EmittedAt.parse(headers.emittedAt);
        Fault fault;
        if (!address.isValid()) {
            fault = address.fault(where(record));
        } else if (headers.op != null && op == null) {
            fault = invalid(record, "op", "is neither upsert nor delete");
        } else if (idProblem != null) {
            fault = invalid(record, "record-id", idProblem);
        } else if (headers.emittedAt != null && sent == INVALID) {
            fault = invalid(record, "emitted-at", "is neither ISO 8601 nor epoch milliseconds");
        } else {
            fault = payloadFault(record, op);
        }
        RawRecord raw =
                new RawRecord(
                        address.key(),
                        address.source(),
                        op,
                        recordId == null || idProblem != null ? null : AddressText.decode(recordId),
                        sent == INVALID ? Math.max(0, record.timestamp()) : sent,
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.key(),
                        record.value() == null ? EMPTY : record.value(),
                        null,
                        fault,
                        null,
                        headers.attempt == null ? null : retry(headers));
        return headers.csvHeader == null || fault != null || isEmpty(record)
                ? raw
                : row(record, raw, headers.csvHeader);
    }

    /** The payload as a row of a CSV file, read as from the file. */
    private RawRecord row(ConsumerRecord<byte[], byte[]> record, RawRecord raw, byte[] header) {
        if (header.length == 0
                || header.length > CsvRow.MAX_HEADER
                || !Utf8.isValid(header, 0, header.length)) {
            String problem = "is not 1 to %d bytes of UTF-8".formatted(CsvRow.MAX_HEADER);
            return with(
                    raw, raw.value(), null, invalid(record, RawHeaders.CSV_HEADER, problem), null);
        }
        FileRecord row = CsvRow.read(where(record), header, raw.value(), maxRecordSize);
        String line = new String(header, StandardCharsets.UTF_8);
        return with(raw, row.json(), row.original(), row.fault(), line);
    }

    private static RawRecord with(
            RawRecord raw, byte[] value, byte[] original, Fault fault, String csvHeader) {
        return new RawRecord(
                raw.key(),
                raw.source(),
                raw.op(),
                raw.recordId(),
                raw.emittedAt(),
                raw.origin(),
                raw.partition(),
                raw.position(),
                raw.rawKey(),
                value,
                original,
                fault,
                csvHeader,
                raw.retry());
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }

    private static String op(ConsumerRecord<byte[], byte[]> record, RawHeaders headers) {
        if (headers.op == null) {
            return isEmpty(record) && headers.recordId != null ? RawRecord.DELETE : null;
        }
        if (Arrays.equals(headers.op, UPSERT)) {
            return RawRecord.UPSERT;
        }
        return Arrays.equals(headers.op, DELETE) ? RawRecord.DELETE : null;
    }

    private static Retry retry(RawHeaders headers) {
        long failed = EmittedAt.digits(headers.attempt, MAX_ATTEMPT_DIGITS);
        if (failed < 1) {
            return null;
        }
        byte[] first = headers.firstFailedAt;
        long at = first == null ? INVALID : EmittedAt.parse(first);
        return new Retry((int) failed, at == INVALID ? Retry.UNKNOWN : at);
    }

    private static boolean isEmpty(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null || record.value().length == 0;
    }

    /** What is wrong with the payload, or null. */
    private Fault payloadFault(ConsumerRecord<byte[], byte[]> record, String op) {
        if (isEmpty(record) && !RawRecord.DELETE.equals(op)) {
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
