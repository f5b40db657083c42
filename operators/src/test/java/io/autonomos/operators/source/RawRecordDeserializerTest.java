package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawRecordDeserializerTest {

    private static final byte[] PAYLOAD = "{\"Id\":\"1\"}".getBytes(UTF_8);
    private static final long KAFKA_TIME = 1_700_000_000_000L;

    private final RawRecordDeserializer deserializer = new RawRecordDeserializer(64);

    @BeforeEach
    void open() {
        deserializer.open(null);
    }

    @Test
    void readsTheAddressFromTheHeadersAndLeavesThePayloadAlone() {
        Headers headers =
                headers("acme", "sf-prod", "salesforce", "Account")
                        .add("op", utf8("upsert"))
                        .add("record-id", utf8("001"))
                        .add("emitted-at", utf8("2026-01-02T03:04:05.678Z"));

        RawRecord raw = read(headers, PAYLOAD);

        assertThat(raw.fault()).isNull();
        assertThat(raw.key()).isEqualTo(new StreamKey("acme", "sf-prod", "Account"));
        assertThat(raw.source()).isEqualTo("salesforce");
        assertThat(raw.op()).isEqualTo(RawRecord.UPSERT);
        assertThat(raw.recordId()).isEqualTo("001");
        assertThat(raw.emittedAt()).isEqualTo(1_767_323_045_678L);
        assertThat(raw.origin()).isEqualTo("autonomos.raw");
        assertThat(raw.partition()).isEqualTo(3);
        assertThat(raw.position()).isEqualTo(42);
        assertThat(raw.rawKey()).isEqualTo(utf8("key"));
        assertThat(raw.value()).isSameAs(PAYLOAD);
        assertThat(raw.originalBytes()).isSameAs(PAYLOAD);
    }

    @Test
    void optionalHeadersMayBeLeftOut() {
        RawRecord raw = read(headers("acme", "c", "hubspot", "deals"), PAYLOAD);

        assertThat(raw.fault()).isNull();
        assertThat(raw.op()).isNull();
        assertThat(raw.recordId()).isNull();
        assertThat(raw.emittedAt()).isEqualTo(KAFKA_TIME);
    }

    @Test
    void aKnownAddressIsTheVerySameObject() {
        RawRecord first = read(headers("acme", "c", "hubspot", "deals"), PAYLOAD);
        RawRecord second = read(headers("acme", "c", "hubspot", "deals"), PAYLOAD);

        assertThat(second.key()).isSameAs(first.key());
        assertThat(second.source()).isSameAs(first.source());
    }

    @Test
    void aReplayedRecordTellsItsTries() {
        Headers headers =
                headers("acme", "c", "hubspot", "deals")
                        .add("autonomos.attempt", utf8("2"))
                        .add("autonomos.first-failed-at", utf8("2026-01-02T03:04:05.678Z"));

        assertThat(read(headers, PAYLOAD).retry()).isEqualTo(new Retry(2, 1_767_323_045_678L));
    }

    @Test
    void aRecordOnItsFirstTryTellsNone() {
        assertThat(read(headers("acme", "c", "hubspot", "deals"), PAYLOAD).retry()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "one", " 1", "9999999999", "\u0661"})
    void aBadAttemptIsIgnored(String attempt) {
        Headers headers =
                headers("acme", "c", "hubspot", "deals").add("autonomos.attempt", utf8(attempt));

        RawRecord raw = read(headers, PAYLOAD);

        assertThat(raw.retry()).isNull();
        assertThat(raw.fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-02T03:04:05Z"})
    void aBadTimeOfTheFirstTryIsUnknown(String time) {
        Headers headers =
                headers("acme", "c", "hubspot", "deals")
                        .add("autonomos.attempt", utf8("1"))
                        .add("autonomos.first-failed-at", utf8(time));

        RawRecord raw = read(headers, PAYLOAD);

        assertThat(raw.retry()).isEqualTo(new Retry(1, Retry.UNKNOWN));
        assertThat(raw.fault()).isNull();
    }

    @Test
    void headersWithoutAValueAreIgnoredWhereTheyOnlyTellOfTries() {
        Headers headers =
                headers("acme", "c", "hubspot", "deals")
                        .add("autonomos.attempt", null)
                        .add("autonomos.first-failed-at", null);

        assertThat(read(headers, PAYLOAD).retry()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "Id,Name # 1,Acme # {\"Id\":\"1\",\"Name\":\"Acme\"}",
                "Id;Name # 1;A,B # {\"Id\":\"1\",\"Name\":\"A,B\"}",
                "'\"I\nd\",Name' # '1,\"A\nB\"' # {\"I\\nd\":\"1\",\"Name\":\"A\\nB\"}"
            })
    void aRowOfACsvFileIsReadByTheHeaderItCarries(String header, String row, String json) {
        Headers headers =
                headers("acme", "c", "hubspot", "deals").add("autonomos.csv-header", utf8(header));

        RawRecord raw = read(headers, utf8(row));

        assertThat(raw.fault()).isNull();
        assertThat(raw.value()).asString(UTF_8).isEqualTo(json);
        assertThat(raw.originalBytes()).asString(UTF_8).isEqualTo(row);
        assertThat(raw.csvHeader()).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "Id,Name # 1 # AOS-210",
                "Id,Name # '1,\"A' # AOS-211",
                "Id,Name # '1,A\n2,B' # AOS-210",
                "Id,Name # '\n' # AOS-210",
                "Id,Id # 1,2 # AOS-212",
                "'\n' # 1,2 # AOS-210",
                "'' # 1,2 # AOS-102"
            })
    void aBadRowOfACsvFileIsTheFaultThatItsFileWouldGive(String header, String row, String code) {
        Headers headers =
                headers("acme", "c", "hubspot", "deals").add("autonomos.csv-header", utf8(header));

        RawRecord raw = read(headers, utf8(row));

        assertThat(raw.fault().code()).isEqualTo(code);
        assertThat(raw.originalBytes()).asString(UTF_8).isEqualTo(row);
    }

    @Test
    void aCsvHeaderThatIsNoTextIsAFault() {
        Headers none = headers("acme", "c", "hubspot", "deals").add("autonomos.csv-header", null);
        Headers bytes =
                headers("acme", "c", "hubspot", "deals")
                        .add("autonomos.csv-header", new byte[] {(byte) 0xFF});
        Headers huge =
                headers("acme", "c", "hubspot", "deals")
                        .add("autonomos.csv-header", new byte[1 << 17]);

        for (Headers headers : List.of(none, bytes, huge)) {
            RawRecord raw = read(headers, PAYLOAD);
            assertThat(raw.fault().code()).isEqualTo("AOS-102");
            assertThat(raw.fault().field()).isEqualTo("autonomos.csv-header");
            assertThat(raw.value()).isSameAs(PAYLOAD);
        }
    }

    @Test
    void ofTwoHeadersWithOneNameTheLastCounts() {
        Headers headers = headers("acme", "c", "hubspot", "deals").add("tenant", utf8("globex"));

        assertThat(read(headers, PAYLOAD).key().tenant()).isEqualTo("globex");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"o'brien \"& sons\"", "a/b\\c", "日本", "😀", "'; DROP TABLE x; --", ".."})
    void anyPrintableTextIsATenant(String tenant) {
        RawRecord raw = read(headers(tenant, "c", "hubspot", "deals"), PAYLOAD);

        assertThat(raw.fault()).isNull();
        assertThat(raw.key().tenant()).isEqualTo(tenant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\nb",
                "a\r",
                "\u0000",
                "tab\t",
                "\u0085",
                "\u2028",
                "*",
                "_unaddressed"
            })
    void aTenantThatIsNotUsableIsAFaultWithoutATenant(String tenant) {
        RawRecord raw = read(headers(tenant, "c", "hubspot", "deals"), PAYLOAD);

        assertThat(raw.fault().code()).isEqualTo(ErrorCode.TENANT_INVALID.code());
        assertThat(raw.fault().field()).isEqualTo("tenant");
        assertThat(raw.key().tenant()).isEqualTo(StreamKey.UNADDRESSED.tenant());
        assertThat(raw.originalBytes()).isEqualTo(PAYLOAD);
    }

    @Test
    void aTenantOfTenThousandCharactersIsAFaultThatDoesNotRepeatIt() {
        RawRecord raw = read(headers("x".repeat(10_000), "c", "hubspot", "deals"), PAYLOAD);

        assertThat(raw.fault().code()).isEqualTo(ErrorCode.TENANT_INVALID.code());
        assertThat(raw.fault().message()).contains("10000 bytes").hasSizeLessThan(300);
    }

    @Test
    void theLimitIs128Characters() {
        assertThat(read(headers("é".repeat(128), "c", "s", "t"), PAYLOAD).fault()).isNull();
        assertThat(read(headers("x".repeat(129), "c", "s", "t"), PAYLOAD).fault().message())
                .contains("129 characters, at most 128");
    }

    @Test
    void invalidUtf8InAHeaderIsAFault() {
        byte[] half = {'a', (byte) 0xC3};
        byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
        for (byte[] bytes : new byte[][] {half, surrogate}) {
            Headers headers = headers("acme", "c", "hubspot", "deals").add("stream", bytes);

            RawRecord raw = read(headers, PAYLOAD);

            assertThat(raw.fault().code()).isEqualTo(ErrorCode.HEADER_INVALID.code());
            assertThat(raw.fault().message()).contains("not valid UTF-8");
            assertThat(raw.key()).isEqualTo(new StreamKey("acme", "c", "_"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "connection", "source", "stream"})
    void aMissingHeaderIsAFaultThatNamesIt(String name) {
        Headers headers = headers("acme", "c", "hubspot", "deals").remove(name);

        RawRecord raw = read(headers, PAYLOAD);

        assertThat(raw.fault().code()).isEqualTo(ErrorCode.HEADER_MISSING.code());
        assertThat(raw.fault().field()).isEqualTo(name);
        assertThat(raw.fault().message())
                .contains("autonomos.raw-3@42")
                .contains(name + " is missing");
    }

    @Test
    void noHeadersAtAllIsAFaultOfNobody() {
        RawRecord raw = read(new RecordHeaders(), null);

        assertThat(raw.key()).isEqualTo(StreamKey.UNADDRESSED);
        assertThat(raw.fault().code()).isEqualTo(ErrorCode.HEADER_MISSING.code());
    }

    @Test
    void aHeaderWithoutAValueIsMissing() {
        Headers headers = headers("acme", "c", "hubspot", "deals").add("source", (byte[]) null);

        assertThat(read(headers, PAYLOAD).fault().code())
                .isEqualTo(ErrorCode.HEADER_MISSING.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UPSERT", "insert", "deleted"})
    void anUnknownOpIsAFault(String op) {
        Headers headers = headers("acme", "c", "hubspot", "deals").add("op", utf8(op));

        RawRecord raw = read(headers, PAYLOAD);

        assertThat(raw.fault().code()).isEqualTo(ErrorCode.HEADER_INVALID.code());
        assertThat(raw.fault().field()).isEqualTo("op");
    }

    @Test
    void aRecordIdMayBeLongerThanAnAddressButNotEndless() {
        Headers longer = headers("acme", "c", "s", "t").add("record-id", utf8("i".repeat(512)));
        Headers endless = headers("acme", "c", "s", "t").add("record-id", utf8("i".repeat(513)));

        assertThat(read(longer, PAYLOAD).recordId()).hasSize(512);
        assertThat(read(endless, PAYLOAD).fault().field()).isEqualTo("record-id");
        assertThat(read(endless, PAYLOAD).recordId()).isNull();
    }

    @Test
    void anUnreadableEmittedAtIsAFaultAndTheKafkaTimeStands() {
        Headers headers = headers("acme", "c", "s", "t").add("emitted-at", utf8("yesterday"));

        RawRecord raw = read(headers, PAYLOAD);

        assertThat(raw.fault().field()).isEqualTo("emitted-at");
        assertThat(raw.emittedAt()).isEqualTo(KAFKA_TIME);
    }

    @Test
    void anEmptyValueIsADeleteOnlyWhereTheSenderSaysSo() {
        Headers delete = headers("acme", "c", "s", "t").add("op", utf8("delete"));
        Headers tombstone = headers("acme", "c", "s", "t").add("record-id", utf8("7"));
        Headers upsert =
                headers("acme", "c", "s", "t")
                        .add("record-id", utf8("7"))
                        .add("op", utf8("upsert"));

        assertThat(read(delete, null).op()).isEqualTo(RawRecord.DELETE);
        assertThat(read(delete, null).fault()).isNull();
        assertThat(read(delete, null).value()).isEmpty();
        assertThat(read(tombstone, null).op()).isEqualTo(RawRecord.DELETE);
        assertThat(read(tombstone, null).fault()).isNull();
        for (byte[] nothing : new byte[][] {null, {}}) {
            assertThat(read(upsert, nothing).fault().code())
                    .isEqualTo(ErrorCode.VALUE_EMPTY.code());
            assertThat(read(headers("acme", "c", "s", "t"), nothing).fault().code())
                    .isEqualTo(ErrorCode.VALUE_EMPTY.code());
        }
    }

    @Test
    void aRecordOverTheLimitIsAFaultThatKeepsItsBytes() {
        byte[] atTheLimit = new byte[64];
        byte[] over = new byte[65];

        assertThat(read(headers("acme", "c", "s", "t"), atTheLimit).fault()).isNull();
        RawRecord raw = read(headers("acme", "c", "s", "t"), over);
        assertThat(raw.fault().code()).isEqualTo(ErrorCode.RECORD_TOO_LARGE.code());
        assertThat(raw.fault().message()).contains("65 bytes").contains("64");
        assertThat(raw.originalBytes()).isSameAs(over);
    }

    private RawRecord read(Headers headers, byte[] value) {
        List<RawRecord> records = new ArrayList<>();
        deserializer.deserialize(
                new ConsumerRecord<>(
                        "autonomos.raw",
                        3,
                        42,
                        KAFKA_TIME,
                        TimestampType.CREATE_TIME,
                        3,
                        0,
                        utf8("key"),
                        value,
                        headers,
                        Optional.empty()),
                new ListCollector<>(records));
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static Headers headers(String tenant, String connection, String source, String stream) {
        return new RecordHeaders()
                .add("tenant", utf8(tenant))
                .add("connection", utf8(connection))
                .add("source", utf8(source))
                .add("stream", utf8(stream));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
