package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of bad input: its code, its message, and that it costs neither time nor memory. */
@Timeout(value = 5, unit = TimeUnit.SECONDS)
class BadInputTest {

    private static final String SECRET = "s3cr3t-payload";
    private static final String MAPPING =
            """
            mapping: m
            source: testing
            stream: things
            entity: opportunity
            clock: ts
            fields:
              opportunity_id: id
              name: [name, title]
              amount: {from: amount, on-error: reject}
              probability: p
              created_at: made
              stage: s.t.g
            """;

    private final TestingTranslator translator = TestingTranslator.of(MAPPING);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AOS-201|hello s3cr3t-payload",
                "AOS-201|<a>s3cr3t-payload</a>",
                "AOS-201|id,name",
                "AOS-201|{'id':'s3cr3t-payload'}",
                "AOS-201|{\"id\":\"s3cr3t-payload\",}",
                "AOS-201|{\"id\":\"s3cr3t-payload\" \"name\":1}",
                "AOS-201|{id:1}",
                "AOS-201|{\"id\":NaN}",
                "AOS-201|{\"id\":Infinity}",
                "AOS-201|{\"id\":-Infinity}",
                "AOS-201|{\"id\":undefined}",
                "AOS-201|{\"id\":\"s3cr3t-payload\\x\"}",
                "AOS-201|{\"id\":01}",
                "AOS-202|{\"id\":\"s3cr3t-payload",
                "AOS-202|{\"id\":\"s3cr3t-payload\"",
                "AOS-202|{\"id\":\"s3cr3t-payload\",\"name\":{\"a\":[1,2",
                "AOS-202|{\"id\":tr",
                "AOS-202|{\"id\":-",
                "AOS-202|{",
                "AOS-203|{\"id\":\"s3cr3t-payload\"}}",
                "AOS-203|{\"id\":\"s3cr3t-payload\"} {\"id\":2}",
                "AOS-203|{}s3cr3t-payload",
                "AOS-206|[{\"id\":\"s3cr3t-payload\"}]",
                "AOS-206|[]",
                "AOS-208|{\"results\":[{\"id\":\"s3cr3t-payload\"}],\"paging\":null}",
                "AOS-208|{\"success\":true,\"data\":[],\"x\":\"s3cr3t-payload\"}",
                "AOS-208|{\"thing\":{\"id\":\"s3cr3t-payload\"}}",
                "AOS-208|{\"s3cr3t-payload \":[{\"id\":1}]}",
                "AOS-310|{\"id\":\"1\",\"data\":[{\"id\":\"s3cr3t-payload\"}]}",
                "AOS-206|\"s3cr3t-payload\"",
                "AOS-206|17",
                "AOS-206|true",
                "AOS-206|null",
                "AOS-103|` \t\r\n `",
                "AOS-310|{}",
                "AOS-310|{\"id\":null,\"name\":\"s3cr3t-payload\"}",
                "AOS-310|{\"id\":\"\",\"name\":\"s3cr3t-payload\"}",
                "AOS-310|{\"id\":\"s3cr3t-payload\"}",
                "AOS-301|{\"id\":{},\"name\":\"s3cr3t-payload\"}",
                "AOS-301|{\"id\":[\"s3cr3t-payload\"],\"name\":\"x\"}",
                "AOS-301|{\"id\":true,\"name\":\"s3cr3t-payload\"}",
                "AOS-302|{\"id\":1,\"name\":\"n\",\"amount\":\"s3cr3t-payload\"}",
                "AOS-301|{\"id\":1,\"name\":\"n\",\"amount\":{\"a\":\"s3cr3t-payload\"}}",
                "AOS-303|{\"id\":1,\"name\":\"n\",\"amount\":1e999999999}",
                "AOS-303|{\"id\":1,\"name\":\"n\",\"amount\":-1e999999999}",
                "AOS-303|{\"id\":1,\"name\":\"n\",\"amount\":1e99999999999999999999}",
                "AOS-303|{\"id\":1,\"name\":\"n\",\"amount\":123456789012345678901}",
                "AOS-307|{\"id\":1,\"name\":\"s3cr3t-payload\\u0000\"}",
                "AOS-307|{\"id\":1,\"name\":\"s3cr3t-payload\\ud800\"}",
                "AOS-307|{\"id\":1,\"name\":\"\\udc00s3cr3t-payload\"}",
                "AOS-307|{\"id\":\"\\ud83d\",\"name\":\"s3cr3t-payload\"}",
                "AOS-307|{\"id\":\"\\u0000\",\"name\":\"s3cr3t-payload\"}",
            })
    void isRefusedWithItsCodeAndWithoutItsContents(String code, String json) {
        Fault fault = translator.fault(json);

        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.message())
                .doesNotContain(SECRET)
                .contains("acme/prod/things at topic:1: ");
        assertThat(fault.message()).as("says what to do").contains(errorCode(code).remedy());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"\u00E9\"}",
                "{\"id\":\"\u00C0\u0080\"}",
                "{\"id\":\"\u00ED\u00A0\u0080\"}",
                "{\"id\":\"\u00F5\u0080\u0080\u0080\"}",
                "{\"\u00FF\":1}",
                "{\"id\":\u00FF}"
            })
    void bytesThatAreNotUtf8AreRefused(String latin) {
        assertThat(translator.fault(latin.getBytes(ISO_8859_1)).code())
                .isEqualTo(ErrorCode.UTF8_INVALID.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "delete without an id"})
    void anEmptyValueIsRefusedUnlessItDeletesByItsAddress(String kind) {
        String op = kind.isEmpty() ? null : RawRecord.DELETE;
        assertThat(translator.op(op).fault("").code()).isEqualTo(ErrorCode.VALUE_EMPTY.code());

        CanonicalEvent event = translator.op(RawRecord.DELETE).recordId("7").event("");
        assertThat(event.isDelete()).isTrue();
        assertThat(event.recordId()).isEqualTo("7");
    }

    @Test
    void hugeNumbersAreKeptAsTheyAreWhereNoFieldWantsThem() {
        String digits = "9".repeat(10_000);
        String json =
                "{\"id\":1,\"name\":\"n\",\"x\":%s,\"y\":1e999999999,\"z\":[-0.%se-99999999999]}"
                        .formatted(digits, digits);

        assertThat(new String(translator.event(json).json(), UTF_8))
                .contains("{\"x\":" + digits + ",\"y\":1e999999999,\"z\":[-0." + digits + "e-999");
    }

    @Test
    void hugeNumbersAreRefusedWhereAFieldWantsThem() {
        String digits = "9".repeat(10_000);
        assertThat(amount(digits)).isEqualTo(ErrorCode.VALUE_TOO_LONG.code());
        assertThat(amount("\"" + digits + "\"")).isEqualTo(ErrorCode.VALUE_TOO_LONG.code());
        assertThat(amount("0." + digits)).isEqualTo(ErrorCode.VALUE_TOO_LONG.code());
        assertThat(amount("1e" + digits)).isEqualTo(ErrorCode.VALUE_TOO_LONG.code());
        assertThat(translator.fault("{\"id\":%s,\"name\":\"n\"}".formatted(digits)).code())
                .isEqualTo(ErrorCode.VALUE_TOO_LONG.code());
    }

    @Test
    void aClockOfAnySizeIsNoCrash() {
        String digits = "9".repeat(10_000);
        for (String clock :
                new String[] {
                    digits,
                    "1e999999999",
                    "-1e999999999",
                    "1e-999999999",
                    "1e99999999999",
                    "999999999999999",
                    "-999999999999999",
                    "\"9999-12-31T23:59:59-18:00\"",
                    "\"0001-01-01T00:00:00+18:00\"",
                    "\"" + digits + "\"",
                    "{}",
                    "[]",
                    "true"
                }) {
            String json = "{\"id\":1,\"name\":\"n\",\"ts\":%s}".formatted(clock);
            assertThat(new String(translator.event(json).json(), UTF_8))
                    .contains("\"event_time\":\"2023-11-14T22:13:20Z\"")
                    .contains("\"extras\":{\"ts\":" + clock + "}");
        }
    }

    @Test
    void anEmissionTimeOutsideTheYearsOfTheStoresIsRefused() {
        for (long millis : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 999_999_999_999_999L}) {
            assertThat(translator.emittedAt(millis).fault("{\"id\":1,\"name\":\"n\"}").code())
                    .isEqualTo(ErrorCode.HEADER_INVALID.code());
        }
        assertThat(translator.emittedAt(253_402_300_799_999L).event("{\"id\":1,\"name\":\"n\"}"))
                .isNotNull();
        assertThat(translator.emittedAt(-62_135_596_800_000L).event("{\"id\":1,\"name\":\"n\"}"))
                .isNotNull();
    }

    @Test
    void deepNestingIsRefusedAndNestingAtTheLimitIsRead() {
        for (String nest : new String[] {"[]", "{}"}) {
            String open = nest.equals("[]") ? "[" : "{\"a\":";
            String close = nest.substring(1);
            String deepest = open.repeat(100_000) + "1" + close.repeat(100_000);
            assertThat(translator.fault("{\"a\":" + deepest + "}").code())
                    .isEqualTo(ErrorCode.JSON_TOO_DEEP.code());
            assertThat(translator.fault(open.repeat(100_000)).code())
                    .isEqualTo(ErrorCode.JSON_TOO_DEEP.code());
            int most = ScanLimits.DEFAULT.maxDepth() - 1;
            String atLimit = open.repeat(most) + "1" + close.repeat(most);
            assertThat(translator.event("{\"id\":1,\"name\":\"n\",\"a\":" + atLimit + "}"))
                    .isNotNull();
            String over = open.repeat(most + 1) + "1" + close.repeat(most + 1);
            assertThat(translator.fault("{\"id\":1,\"name\":\"n\",\"a\":" + over + "}").code())
                    .isEqualTo(ErrorCode.JSON_TOO_DEEP.code());
        }
    }

    @Test
    void aRecordOverTheLimitIsRefusedWithoutBeingReadAndOneAtTheLimitIsRead() {
        byte[] large = new byte[100_000_000];
        Fault fault = translator.fault(large);
        assertThat(fault.code()).isEqualTo(ErrorCode.RECORD_TOO_LARGE.code());
        assertThat(fault.message()).contains("100000000").contains("16777216");

        byte[] atLimit = padded(ScanLimits.DEFAULT.maxBytes());
        assertThat(translator.event(atLimit).json().length).isGreaterThan(atLimit.length / 2);
        assertThat(translator.fault(padded(atLimit.length + 1)).code())
                .isEqualTo(ErrorCode.RECORD_TOO_LARGE.code());
    }

    @Test
    void tooManyFieldsAreRefused() {
        int most = ScanLimits.DEFAULT.maxFields();
        assertThat(translator.event(withFields(most))).isNotNull();
        Fault fault = translator.fault(withFields(most + 1));
        assertThat(fault.code()).isEqualTo(ErrorCode.TOO_MANY_FIELDS.code());
        String nested = "{\"a\":[" + "{\"b\":1},".repeat(most) + "{}]}";
        assertThat(translator.fault(nested).code()).isEqualTo(ErrorCode.TOO_MANY_FIELDS.code());
    }

    @Test
    void equalNamesByTheThousandCostLittle() {
        String json = "{\"id\":1,\"name\":\"n\"" + ",\"a\":{\"b\":1,\"b\":2}".repeat(15_000) + "}";
        JsonNode envelope = translator.envelope(json);
        assertThat(envelope.at("/extras").toString()).isEqualTo("{\"a\":{\"b\":2}}");
    }

    private String amount(String number) {
        return translator.fault("{\"id\":1,\"name\":\"n\",\"amount\":%s}".formatted(number)).code();
    }

    private static String withFields(int count) {
        StringBuilder json = new StringBuilder("{\"id\":1,\"name\":\"n\"");
        for (int i = 2; i < count; i++) {
            json.append(",\"field").append(i).append("\":null");
        }
        return json.append('}').toString();
    }

    private static byte[] padded(int length) {
        byte[] start = "{\"id\":1,\"name\":\"n\",\"x\":\"".getBytes(UTF_8);
        byte[] json = Arrays.copyOf(start, length);
        Arrays.fill(json, start.length, length - 2, (byte) 'x');
        json[length - 2] = '"';
        json[length - 1] = '}';
        return json;
    }

    private static ErrorCode errorCode(String code) {
        return Arrays.stream(ErrorCode.values())
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
