package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.StrictJackson;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Records that hold many: one event for each element of a nested array. */
class EachElementTest {

    private static final String COSTS =
            """
            mapping: m
            source: s
            stream: t
            entity: cost_reports
            each: "Times[].Groups[]"
            delete-when: {gone: true}
            fields:
              service_category: Times.Groups.Keys[0]
              usage_type: {from: "Times.Groups.Keys[1]", default: all}
              region: {from: Times.Groups.Region, default: global}
              cost: Times.Groups.Cost
              period_start: Times.Start
            """;

    private final TestingTranslator translator = TestingTranslator.of(COSTS);

    @Test
    void whatHoldsAnEmptyArrayIsAnEventWhereTheMappingSaysSo() {
        String costs =
                COSTS.replace("Groups[]", "Groups[]?")
                        .replace("Times.Groups.Keys[0]", "{const: all}")
                        .replace("Times.Groups.Cost", "[Times.Groups.Cost, Times.Total]");
        String record =
                """
                {"Times":[{"Start":"2026-01-01","Groups":[],"Total":1},{"Start":"2026-02-01","Total":2},
                          {"Start":"2026-03-01","Groups":[{"Keys":["rds"],"Cost":3}],"Total":9}]}""";

        List<CanonicalEvent> events =
                TestingTranslator.of(costs).translate(record.getBytes(UTF_8)).events();

        assertThat(events.stream().map(each -> envelope(each).at("/data/cost").intValue()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void makesOneEventPerElementInOrderEachWithWhatEnclosesIt() {
        List<CanonicalEvent> events =
                events(
                        """
                        {"Currency":"USD","Times":[
                          {"Start":"2026-01-01","Groups":[
                             {"Keys":["ec2"],"Cost":1.50},
                             {"Keys":["s3","put"],"Cost":"2"}]},
                          {"Start":"2026-02-01","Groups":[]},
                          {"Start":"2026-03-01","Groups":[{"Keys":["rds"],"Cost":1e-3}]}],
                         "Big":123456789012345678901234567890.10}""");

        assertThat(events.stream().map(CanonicalEvent::recordId))
                .containsExactly(
                        "|all|global|2026-01-01T00:00:00Z",
                        "|put|global|2026-01-01T00:00:00Z",
                        "|all|global|2026-03-01T00:00:00Z");
        assertThat(events.stream().map(CanonicalEvent::id)).doesNotHaveDuplicates();
        assertThat(events.stream().map(each -> envelope(each).at("/data/cost").decimalValue()))
                .map(Object::toString)
                .containsExactly("1.50", "2", "0.001");
        assertThat(events)
                .allSatisfy(
                        each ->
                                assertThat(new String(each.json(), UTF_8))
                                        .contains("\"Big\":123456789012345678901234567890.10")
                                        .contains("\"Currency\":\"USD\"")
                                        .doesNotContain("\n"));
    }

    @Test
    void anEmptyArrayFiltersTheRecord() {
        assertThat(events("{\"Times\":[]}")).isEmpty();
        assertThat(events("{\"Times\":[ ]}")).isEmpty();
        assertThat(events("{\"Times\":[{\"Groups\":[]},{\"Groups\":[]}]}")).isEmpty();
    }

    @Test
    void anArrayThatIsNotThereIsADeadLetter() {
        for (String json :
                List.of(
                        "{}",
                        "{\"Times\":null}",
                        "{\"Times\":{}}",
                        "{\"Times\":\"x\"}",
                        "{\"Times\":[{}]}",
                        "{\"Times\":[{\"Groups\":null}]}",
                        "{\"Times\":[1]}",
                        "{\"Times\":[[]]}",
                        "{\"Times\":[null]}")) {
            assertThat(translator.fault(json).code())
                    .as(json)
                    .isEqualTo(ErrorCode.VALUE_TYPE.code());
            assertThat(translator.translate(json.getBytes(UTF_8)).fingerprint()).hasSize(32);
        }
    }

    @Test
    void oneBadElementMakesTheWholeRecordADeadLetter() {
        String json =
                "{\"Times\":[{\"Groups\":[{\"Keys\":[\"a\"],\"Cost\":1},{\"Keys\":[\"b\"],\"Cost\":true},"
                        + "{\"Keys\":[\"c\"],\"Cost\":3}]}]}";
        Translation translation = translator.translate(json.getBytes(UTF_8));

        assertThat(translation.events()).isEmpty();
        assertThat(translation.fault().code()).isEqualTo(ErrorCode.VALUE_TYPE.code());
        assertThat(translation.fault().field()).isEqualTo("cost");
    }

    @Test
    void badBytesAreNamedAsForAnyRecord() {
        assertThat(translator.fault("{\"Times\":[").code()).isEqualTo("AOS-202");
        assertThat(translator.fault("[]").code()).isEqualTo("AOS-206");
        assertThat(translator.fault("{\"Times\":[]} x").code()).isEqualTo("AOS-203");
        assertThat(translator.fault("[".repeat(100_000)).code()).isEqualTo("AOS-205");
    }

    @Test
    void numbersAndTextsInElementsAreUntouched() {
        String odd = "{\"n\":1E+2,\"e\":1e99999999999,\"s\":\"\\u00e9\\/]}[{,\\\"\",\"z\":-0.0}";
        List<CanonicalEvent> events =
                events(
                        "{\"Times\":[{\"Groups\":[{\"Keys\":[\"a\"],\"Cost\":1,\"Odd\":%s}]}]}"
                                .formatted(odd));

        assertThat(new String(events.get(0).json(), UTF_8)).contains("\"Odd\":" + odd);
    }

    @Test
    void equalNamesAreNotedOnEveryEvent() {
        List<CanonicalEvent> events =
                events(
                        "{\"Times\":[{\"Groups\":[{\"Keys\":[\"a\"],\"Cost\":1,\"Cost\":2}]},"
                                + "{\"Groups\":[{\"Keys\":[\"b\"],\"Cost\":3}]}]}");

        assertThat(events).hasSize(2);
        assertThat(events)
                .allSatisfy(
                        each ->
                                assertThat(envelope(each).at("/changes/0/kind").asText())
                                        .isEqualTo("duplicate-name"));
        assertThat(envelope(events.get(0)).at("/data/cost").asInt()).isEqualTo(2);
    }

    @Test
    void theAddressCannotNameOneOfSeveral() {
        translator.recordId("of-the-message");
        assertThat(
                        events("{\"Times\":[{\"Groups\":[{\"Keys\":[\"a\"],\"Cost\":1}]}]}")
                                .get(0)
                                .recordId())
                .isEqualTo("|all|global|");
        assertThat(translator.op(RawRecord.DELETE).fault("").code())
                .isEqualTo(ErrorCode.RECORD_ID_MISSING.code());
    }

    @Test
    void elementsThatWouldFillTheMemoryAreRefused() {
        ScanLimits limits = new ScanLimits(100_000, 32, 10_000, 100);
        TestingTranslator small =
                new TestingTranslator(
                        TestingTranslator.plan(
                                """
                                mapping: m
                                source: s
                                stream: t
                                entity: contact
                                each: "items[]"
                                fields: {contact_id: items.id}
                                """),
                        limits);
        String items =
                Stream.generate(() -> "{\"id\":1}")
                        .limit(1_000)
                        .reduce((a, b) -> a + "," + b)
                        .get();

        assertThat(
                        small.fault(
                                        "{\"items\":[%s],\"x\":\"%s\"}"
                                                .formatted(items, "x".repeat(50_000)))
                                .code())
                .isEqualTo(ErrorCode.RECORD_TOO_LARGE.code());
        assertThat(
                        small.translate(
                                        "{\"items\":[%s],\"x\":\"\"}"
                                                .formatted(items)
                                                .getBytes(UTF_8))
                                .events())
                .hasSize(1_000);
    }

    @Test
    void elementsMayBeScalars() {
        TestingTranslator scalars =
                TestingTranslator.of(
                        """
                        mapping: m
                        source: s
                        stream: t
                        entity: contact
                        each: "a[0].ids[]"
                        fields: {contact_id: "a[0].ids"}
                        """);
        Translation translation =
                scalars.translate("{\"a\":[{\"ids\":[1 , \"two\",3.0]}]}".getBytes(UTF_8));

        assertThat(translation.events().stream().map(CanonicalEvent::recordId))
                .containsExactly("1", "two", "3.0");
    }

    private List<CanonicalEvent> events(String json) {
        Translation translation = translator.translate(json.getBytes(UTF_8));
        assertThat(translation.fault()).isNull();
        return List.copyOf(translation.events());
    }

    private static JsonNode envelope(CanonicalEvent event) {
        try {
            return StrictJackson.tree(event.json());
        } catch (NumberFormatException e) {
            throw new AssertionError(e);
        }
    }
}
