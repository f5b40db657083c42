package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.StrictJackson;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MessageSchemas;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopeTest {

    private static final StreamKey AWKWARD =
            new StreamKey("te\"nant\\é", "prod/1\n", "日本 \uD83D\uDE00");

    static Stream<EntitySchema> entities() {
        return EntityModel.shipped().entities().stream();
    }

    @ParameterizedTest
    @MethodSource("entities")
    void fitsTheSchemaOfItsMessage(EntitySchema entity) {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                MessageSchemas.canonicalEvent(entity.name()),
                                SchemaValidatorsConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build());
        TestingTranslator translator =
                new TestingTranslator(
                        MappingCatalog.shipped().resolve(MappingCatalog.FILES, entity.name()),
                        ScanLimits.DEFAULT);
        String json =
                entity.fields().stream()
                        .map(field -> "\"%s\":%s".formatted(field.name(), value(field)))
                        .collect(
                                Collectors.joining(
                                        ",", "{", ",\"Other\":{\"x\":[1]},\"x\":1,\"x\":2}"));
        CanonicalEvent event = translator.event(json);
        CanonicalEvent odd = translator.key(AWKWARD).recordId("é\"\\").event(json);
        CanonicalEvent delete = translator.op(RawRecord.DELETE).recordId("gone").event("{}");

        for (CanonicalEvent each : new CanonicalEvent[] {event, odd, delete}) {
            JsonNode envelope = StrictJackson.tree(each.json());
            assertThat(schema.validate(envelope)).as(envelope.toPrettyString()).isEmpty();
            assertThat(envelope.path("id").asText()).isEqualTo(each.id());
            assertThat(envelope.path("entity").asText()).isEqualTo(each.entity());
            assertThat(envelope.path("tenant").asText()).isEqualTo(each.key().tenant());
            assertThat(envelope.path("op").asText()).isEqualTo(each.op());
            assertThat(envelope.at("/source/record_id").asText()).isEqualTo(each.recordId());
            assertThat(envelope.at("/source/stream").asText()).isEqualTo(each.key().stream());
            assertThat(envelope.at("/mapping/id").asText()).isEqualTo(each.mapping());
            placesAreThoseOfTheValues(entity, each, envelope);
        }
        assertThat(StrictJackson.tree(event.json()).path("data").size())
                .as("every field has a value")
                .isEqualTo(entity.fields().size());
    }

    private static void placesAreThoseOfTheValues(
            EntitySchema entity, CanonicalEvent event, JsonNode envelope) {
        for (EntityField field : entity.fields()) {
            String token = EventValues.token(event, field);
            JsonNode value = envelope.path("data").path(field.name());
            assertThat(token == null).isEqualTo(value.isMissingNode());
            if (token != null) {
                assertThat(StrictJackson.tree(token.getBytes(UTF_8))).isEqualTo(value);
            }
        }
        int length = event.extrasEnd() - event.extrasStart();
        String extras = new String(event.json(), event.extrasStart(), length, UTF_8);
        assertThat(StrictJackson.tree(extras.getBytes(UTF_8))).isEqualTo(envelope.path("extras"));
    }

    private static String value(EntityField field) {
        return switch (field.type()) {
            case TEXT -> "currency".equals(field.format()) ? "\"EUR\"" : "\"some \\u0074ext é\"";
            case INTEGER -> "42";
            case DECIMAL -> "12.50";
            case BOOLEAN -> "true";
            case DATE -> "\"2026-02-28\"";
            case TIMESTAMP -> "\"2026-02-28T12:34:56.789+01:00\"";
            case TEXT_LIST -> "[\"a\",\"b\"]";
            case TEXT_MAP -> "{\"k\":\"v\",\"n\":1}";
        };
    }

    @Test
    void carriesTheTimesOfTheSourceAndOfItsEmission() {
        TestingTranslator translator =
                TestingTranslator.ofContacts("clock: [a, b]\nfields: {contact_id: id}");

        assertThat(times(translator, "{\"id\":1}")).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(times(translator, "{\"id\":1,\"b\":1000000000}"))
                .isEqualTo("2001-09-09T01:46:40Z");
        assertThat(
                        times(
                                translator,
                                "{\"id\":1,\"a\":\"\",\"b\":\"2026-01-01T00:00:00\\u002B01:00\"}"))
                .isEqualTo("2025-12-31T23:00:00Z");
        translator.op(RawRecord.DELETE);
        assertThat(times(translator, "{\"id\":1,\"b\":1000000000}"))
                .as("a delete happened no earlier than it was sent")
                .isEqualTo("2023-11-14T22:13:20Z");
        assertThat(times(translator, "{\"id\":1,\"b\":\"2026-01-01\"}"))
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    private static String times(TestingTranslator translator, String json) {
        JsonNode envelope = translator.envelope(json);
        assertThat(envelope.path("emitted_at").asText()).isEqualTo("2023-11-14T22:13:20Z");
        return envelope.path("event_time").asText();
    }
}
