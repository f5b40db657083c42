package io.autonomos.operators.source;

import static io.autonomos.operators.source.AddressText.MAX_RECORD_ID;
import static io.autonomos.operators.source.EmittedAt.INVALID;

import io.autonomos.mappings.scan.Pages;
import io.autonomos.operators.JobMetric;
import io.autonomos.operators.source.files.CsvRow;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.Utf8;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads messages of a topic: of a raw topic the address from the headers, the payload untouched; of
 * another {@link FeedFormat} what its reader finds.
 *
 * <p>Headers {@code tenant}, {@code connection}, {@code source} and {@code stream} are required,
 * {@code op}, {@code record-id} and {@code emitted-at} are not; of two headers with one name the
 * last counts. A replayed dead letter says by {@code autonomos.attempt} and {@code
 * autonomos.first-failed-at} what it went through; as no more than that hangs on these two, bad
 * values are ignored. With {@code autonomos.csv-header} the payload is a row of a CSV file and is
 * read by that header line, and {@code autonomos.format} names the format of this one message, as a
 * replayed dead letter has it. Every Kafka record becomes exactly one raw record, unless it is a
 * page of several or holds none by the rules of its format: what is wrong with it is its {@link
 * RawRecord#fault()}, never an exception. Records of a page keep the message's address, time and
 * position, and nothing else of it.
 */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1;
    private static final byte[] UPSERT = RawRecord.UPSERT.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELETE = RawRecord.DELETE.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = {};
    private static final int MAX_ATTEMPT_DIGITS = 9;

    private final int maxRecordSize;
    private final FeedFormat format;
    private final FeedAddress settings;

    private transient AddressResolver addresses;
    private transient Map<FeedFormat, FeedReader> readers;
    private transient Pages pages;
    private transient Counter skipped;

    /** Reads a topic of raw records. */
    public RawRecordDeserializer(int maxRecordSize) {
        this(maxRecordSize, FeedFormat.RAW, FeedAddress.NONE);
    }

    /** Reads a topic of that format, with what its settings say of addresses. */
    public RawRecordDeserializer(int maxRecordSize, FeedFormat format, FeedAddress settings) {
        this.maxRecordSize = maxRecordSize;
        this.format = format;
        this.settings = settings;
    }

    /** Gets ready; without a context nothing is measured. */
    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        addresses = new AddressResolver(settings);
        readers = new EnumMap<>(FeedFormat.class);
        pages = new Pages(maxRecordSize);
        skipped = new SimpleCounter();
        if (context != null) {
            context.getMetricGroup().counter(JobMetric.FEED_SKIPPED.leaf(), skipped);
        }
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        RawHeaders headers = new RawHeaders(record.headers());
        FeedFormat own = format(headers);
        RawRecord read = read(record, headers, own);
        Pages.Found page =
                own == FeedFormat.PAGES && read.fault() == null
                        ? pages.find(read.value(), read.key().stream())
                        : null;
        if (page != null) {
            page.records().forEach(each -> out.collect(read.with(each, null, null, null)));
        } else if (read != null) {
            out.collect(read);
        }
        if (read == null || (page != null && page.records().isEmpty())) {
            skipped.inc();
        }
    }

    private FeedFormat format(RawHeaders headers) {
        return headers.format == null ? format : FeedFormat.ofHeader(headers.format);
    }

    /** The record of a message, or null where it holds none. */
    private RawRecord read(
            ConsumerRecord<byte[], byte[]> record, RawHeaders headers, FeedFormat own) {
        if (own == FeedFormat.RAW || own == FeedFormat.PAGES) {
            return raw(record, headers);
        }
        if (own == null) {
            String problem = "names no format";
            RawRecord unread = raw(record, headers);
            return unread.fault() != null
                    ? unread
                    : unread.with(
                            unread.value(),
                            null,
                            RecordFaults.header(record, RawHeaders.FORMAT, problem),
                            null);
        }
        FeedReader reader = readers.computeIfAbsent(own, each -> each.reader(maxRecordSize));
        return new FeedRecord(record, headers, own).read(reader, addresses, maxRecordSize);
    }

    private RawRecord raw(ConsumerRecord<byte[], byte[]> record, RawHeaders headers) {
        Address address = addresses.resolve(headers);
        String op = op(record, headers);
        byte[] recordId = headers.recordId;
        String idProblem = recordId == null ? null : AddressText.problem(recordId, MAX_RECORD_ID);
        long sent = headers.emittedAt == null ? INVALID : EmittedAt.parse(headers.emittedAt);
        Fault fault;
        if (!address.isValid()) {
            fault = address.fault(RecordFaults.where(record));
        } else if (headers.op != null && op == null) {
            fault = RecordFaults.header(record, "op", "is neither upsert nor delete");
        } else if (idProblem != null) {
            fault = RecordFaults.header(record, "record-id", idProblem);
        } else if (headers.emittedAt != null && sent == INVALID) {
            fault =
                    RecordFaults.header(
                            record, "emitted-at", "is neither ISO 8601 nor epoch milliseconds");
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
                        headers.attempt == null ? null : retry(headers),
                        null);
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
            return raw.with(
                    raw.value(),
                    null,
                    RecordFaults.header(record, RawHeaders.CSV_HEADER, problem),
                    null);
        }
        FileRecord row =
                CsvRow.read(RecordFaults.where(record), header, raw.value(), maxRecordSize);
        String line = new String(header, StandardCharsets.UTF_8);
        return raw.with(row.json(), row.original(), row.fault(), line);
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

    static Retry retry(RawHeaders headers) {
        long failed = EmittedAt.digits(headers.attempt, MAX_ATTEMPT_DIGITS);
        if (failed < 1) {
            return null;
        }
        byte[] first = headers.firstFailedAt;
        long at = first == null ? INVALID : EmittedAt.parse(first);
        return new Retry((int) failed, at == INVALID ? Retry.UNKNOWN : at);
    }

    static boolean isEmpty(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null || record.value().length == 0;
    }

    /** What is wrong with the payload, or null. */
    private Fault payloadFault(ConsumerRecord<byte[], byte[]> record, String op) {
        if (isEmpty(record)) {
            return RawRecord.DELETE.equals(op) ? null : RecordFaults.empty(record);
        }
        boolean fits = record.value().length <= maxRecordSize;
        return fits ? null : RecordFaults.tooLarge(record, maxRecordSize);
    }
}
