package io.autonomos.mappings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.mappings.scan.StrictJackson;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteTest {

    private static final String MAPPING =
            """
            mapping: m
            source: s
            stream: t
            entity: opportunity
            delete-when: {IsDeleted: true, state: [gone, "3"], a.b: dead, gone_at: "*"}
            fields:
              opportunity_id: id
              name: name
              amount: {from: amount, on-error: reject}
              currency: {from: cur, default: USD}
              stage: {from: stage, values: {a: b}}
            """;

    private final TestingTranslator translator = TestingTranslator.of(MAPPING);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"IsDeleted\":true",
                "\"IsDeleted\":\"true\"",
                "\"IsDeleted\":\"TRUE\"",
                "\"state\":\"gone\"",
                "\"state\":\"Gone\"",
                "\"state\":\"\\u0067one\"",
                "\"state\":3",
                "\"a\":{\"b\":\"dead\"}",
                "\"gone_at\":\"2024-05-01\"",
                "\"gone_at\":1714521600",
                "\"IsDeleted\":false,\"state\":\"gone\"",
                "\"IsDeleted\":false,\"IsDeleted\":true"
            })
    void isWhatADeleteRuleNames(String members) {
        CanonicalEvent event = translator.event("{\"id\":1," + members + "}");

        assertThat(event.isDelete()).isTrue();
        assertThat(event.recordId()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"IsDeleted\":false",
                "\"IsDeleted\":null",
                "\"gone_at\":\"\"",
                "\"gone_at\":null",
                "\"gone_at\":{}",
                "\"IsDeleted\":\"\"",
                "\"IsDeleted\":\"false\"",
                "\"IsDeleted\":1",
                "\"IsDeleted\":[true]",
                "\"state\":\"here\"",
                "\"state\":3.0",
                "\"state\":true",
                "\"a\":\"dead\"",
                "\"a\":{\"b\":{\"dead\":true}}",
                "\"b\":\"dead\"",
                "\"x\":{\"IsDeleted\":true}",
                "\"IsDeleted\":true,\"IsDeleted\":false"
            })
    void isNothingElse(String members) {
        assertThat(translator.event("{\"id\":1,\"name\":\"n\"," + members + "}").isDelete())
                .isFalse();
    }

    @Test
    void needsNothingButAnIdAndFillsNothingIn() {
        translator.op(RawRecord.DELETE);
        JsonNode envelope =
                translator.envelope("{\"id\":1,\"amount\":\"lots\",\"stage\":\"z\",\"x\":[1]}");

        assertThat(envelope.path("op").asText()).isEqualTo("delete");
        assertThat(envelope.path("data").toString()).isEqualTo("{\"opportunity_id\":\"1\"}");
        assertThat(envelope.path("extras").toString())
                .isEqualTo("{\"amount\":\"lots\",\"stage\":\"z\",\"x\":[1]}");
        assertThat(envelope.path("changes").size()).isEqualTo(2);
        assertThat(translator.fault("{\"name\":\"n\"}").code())
                .isEqualTo(ErrorCode.RECORD_ID_MISSING.code());
        assertThat(translator.recordId("7").event("{}").recordId()).isEqualTo("7");
    }

    @Test
    void ofACompositeIdNeedsAllPartsThatEveryRecordHas() {
        TestingTranslator costs =
                TestingTranslator.of(
                                """
                                mapping: m
                                source: s
                                stream: t
                                entity: cost_reports
                                fields:
                                  service_category: service
                                  usage_type: usage
                                  region: region
                                  cost: cost
                                  resource_id: resource
                                  period_start: start
                                """)
                        .op(RawRecord.DELETE);

        assertThat(costs.event("{\"usage\":\"u\",\"region\":\"r\",\"resource\":\"i\"}").recordId())
                .isEqualTo("i|u|r|");
        assertThat(costs.fault("{\"region\":\"r\",\"resource\":\"i\"}").code())
                .isEqualTo(ErrorCode.RECORD_ID_MISSING.code());
        assertThat(costs.fault("{}").code()).isEqualTo(ErrorCode.RECORD_ID_MISSING.code());
    }

    @Test
    void ofACompositeIdDoesNotDependOnEscapes() {
        String mapping =
                """
                mapping: m
                source: s
                stream: t
                entity: cost_reports
                fields: {service_category: s, usage_type: u, region: r, cost: c, resource_id: i}
                """;
        TestingTranslator costs = TestingTranslator.of(mapping);
        String record = "{\"s\":\"s\",\"u\":\"%s\",\"r\":\"%s\",\"c\":1}";

        assertThat(costs.event(record.formatted("caf\\u00e9", "a\\/b")).recordId())
                .isEqualTo(costs.event(record.formatted("café", "a/b")).recordId())
                .isEqualTo("|café|a/b|");
        assertThat(costs.event(record.formatted("a|b", "c")).recordId())
                .isNotEqualTo(costs.event(record.formatted("a", "b|c")).recordId());
        assertThat(costs.event(record.formatted("a\\\\", "c")).recordId())
                .isNotEqualTo(costs.event(record.formatted("a", "\\\\c")).recordId());
    }

    @Test
    void keepsTheValuesItStillHas() {
        CanonicalEvent event =
                translator.event(
                        "{\"id\":1,\"name\":\"n\",\"amount\":5,\"cur\":\"EUR\",\"state\":\"gone\"}");

        assertThat(StrictJackson.tree(event.json()).path("data").toString())
                .isEqualTo(
                        "{\"opportunity_id\":\"1\",\"name\":\"n\",\"amount\":5,\"currency\":\"EUR\"}");
    }
}
