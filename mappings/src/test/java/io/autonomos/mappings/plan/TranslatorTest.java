package io.autonomos.mappings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.language.MappingReader;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityModel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TranslatorTest {

    private static final StreamKey KEY = new StreamKey("acme", "sf \"prod\"", "Opportunity");
    private static final String MAPPING =
            """
            mapping: test-opportunity
            version: 3
            source: salesforce
            stream: Opportunity
            entity: opportunity
            clock: SystemModstamp
            delete-when: {IsDeleted: true}
            fields:
              opportunity_id: Id
              name: [Name, Title]
              account_id: [org.value, org]
              stage: {from: Stage, values: {"1": open, true: won}}
              amount: Amount
              currency: {from: Cur, default: USD}
              close_date: CloseDate
              probability: {from: Prob, scale: 100}
              created_at: Created
              owner_id: {from: Owner.Id, on-error: reject}
            ignore: [attributes]
            """;

    private final Translator translator = new Translator(ScanLimits.DEFAULT);
    private final StreamTarget target =
            new StreamTarget(
                    KEY,
                    "salesforce",
                    PlanCompiler.compile(
                            MappingReader.read("t.yaml", MAPPING.getBytes(StandardCharsets.UTF_8)),
                            EntityModel.shipped()));

    @Test
    void rendersTheEnvelopeAroundTypedValues() throws Exception {
        CanonicalEvent event =
                one(
                        """
                        {"attributes":{"type":"x"},"Id":7,"Name":"J\\u00fcrgen \\"J\\"",
                        "org":{"value":5,"name":"n"},"Stage":true,"Amount":"1200.50","Cur":"eur",
                        "CloseDate":"2026-01-31","Prob":0.25,"Created":"2026-01-02T03:04:05.060+0200",
                        "Owner":{"Id":"u1","Name":"o"},"Custom__c":[1,{"a":null}],
                        "SystemModstamp":1700000000123}""");

        JsonNode json = new ObjectMapper().readTree(event.json());

        assertThat(json.path("data").toString())
                .isEqualTo(
                        "{\"opportunity_id\":\"7\",\"name\":\"Jürgen \\\"J\\\"\",\"account_id\":\"5\","
                                + "\"stage\":\"won\",\"amount\":1200.5,\"currency\":\"EUR\","
                                + "\"close_date\":\"2026-01-31\",\"probability\":25,"
                                + "\"owner_id\":\"u1\",\"created_at\":\"2026-01-02T01:04:05.060Z\"}");
        assertThat(json.path("extras").toString())
                .isEqualTo(
                        "{\"org\":{\"name\":\"n\"},\"Owner\":{\"Name\":\"o\"},"
                                + "\"Custom__c\":[1,{\"a\":null}]}");
        assertThat(json.path("event_time").asText()).isEqualTo("2023-11-14T22:13:20.123Z");
        assertThat(json.at("/source/connection").asText()).isEqualTo("sf \"prod\"");
        assertThat(json.at("/changes/0/kind").asText()).isEqualTo("normalized");
        assertThat(new String(event.json(), StandardCharsets.UTF_8)).doesNotContain("\n");
        assertThat(
                        EventValues.decimal(
                                event, EntityModel.shipped().entity("opportunity").field("amount")))
                .isEqualTo(new BigDecimal("1200.50"));
    }

    @Test
    void keepsWhatCouldNotBeCastInExtrasWithANote() throws Exception {
        CanonicalEvent event = one("{\"Id\":\"a\",\"Name\":\"n\",\"Amount\":\"lots\",\"Prob\":2}");

        JsonNode json = new ObjectMapper().readTree(event.json());

        assertThat(json.at("/data/amount").isMissingNode()).isTrue();
        assertThat(json.at("/extras/Amount").asText()).isEqualTo("lots");
        assertThat(json.path("changes").toString()).contains("AOS-302").contains("AOS-303");
    }

    @Test
    void aRequiredFieldWithoutValueIsADeadLetter() {
        assertThat(translate("{\"Id\":\"a\",\"Name\":\"\"}").fault().code()).isEqualTo("AOS-310");
        assertThat(translate("{\"Name\":\"a\"}").fault().code()).isEqualTo("AOS-310");
        assertThat(
                        translate("{\"Id\":\"a\",\"Name\":\"b\",\"Owner\":{\"Id\":true}}")
                                .fault()
                                .code())
                .isEqualTo("AOS-301");
    }

    @Test
    void aDeleteNeedsOnlyItsId() {
        CanonicalEvent event = one("{\"Id\":\"a\",\"IsDeleted\":true}");

        assertThat(event.isDelete()).isTrue();
        assertThat(event.recordId()).isEqualTo("a");
    }

    @Test
    void aRecordIdMustFitIntoTheStoresKeysWhateverItsCharacters() {
        String fits = "x".repeat(512);
        String tooLong = "\uD83D\uDE00".repeat(129);

        assertThat(one("{\"Id\":\"" + fits + "\",\"Name\":\"n\"}").recordId()).isEqualTo(fits);
        assertThat(translate("{\"Id\":\"" + tooLong + "\",\"Name\":\"n\"}").fault().code())
                .isEqualTo("AOS-309");
    }

    private CanonicalEvent one(String json) {
        Translation translation = translate(json);
        assertThat(translation.fault()).isNull();
        assertThat(translation.events()).hasSize(1);
        return translation.events().get(0);
    }

    private Translation translate(String json) {
        return translator.translate(
                new RawRecord(
                        KEY,
                        "salesforce",
                        null,
                        null,
                        0,
                        "t",
                        0,
                        1,
                        null,
                        json.getBytes(StandardCharsets.UTF_8),
                        null,
                        null),
                target);
    }
}
