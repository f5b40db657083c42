package io.autonomos.schemas.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<EntitySchema> entities() {
        return EntityModel.shipped().entities().stream();
    }

    static Stream<String> schemas() {
        Stream<String> ofMessages = MessageSchemas.names().stream().map(MessageSchemas::schema);
        Stream<String> ofEvents = entities().map(e -> MessageSchemas.canonicalEvent(e.name()));
        Stream<String> ofViews = entities().map(e -> MessageSchemas.view(e.name()));
        return Stream.of(ofMessages, ofEvents, ofViews).flatMap(each -> each);
    }

    @Test
    void everyTopicHasASchema() {
        assertThat(MessageSchemas.names())
                .containsExactly(
                        "canonical-event",
                        "control",
                        "dead-letter",
                        "drift",
                        "envelope",
                        "graph-edge",
                        "graph-node",
                        "ledger",
                        "mapping-verdict",
                        "mapping",
                        "memory",
                        "merge-candidate",
                        "merge-decision",
                        "proposal-status",
                        "proposal",
                        "raw",
                        "rebuild",
                        "review",
                        "view-account",
                        "view");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everySchemaIsASchema(String schema) throws IOException {
        assertThat(
                        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                .getSchema(SchemaLocation.of(SchemaId.V202012))
                                .validate(JSON.readTree(schema)))
                .isEmpty();
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> MessageSchemas.schema("../secret"))
                .hasMessageContaining("There is no message type ../secret; there are");
        assertThatThrownBy(() -> MessageSchemas.canonicalEvent("dog"))
                .hasMessage("There is no entity dog.");
    }

    @ParameterizedTest
    @MethodSource("entities")
    void anEventOfEveryEntityIsAllowed(EntitySchema entity) {
        assertThat(schemaOf(entity).problems(event(entity))).isEmpty();
        assertThat(
                        new TestingSchema(MessageSchemas.schema("canonical-event"))
                                .problems(event(entity)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("entities")
    void anUpsertNeedsTheRequiredFieldsAndADeleteDoesNot(EntitySchema entity) {
        for (EntityField field : entity.fields()) {
            ObjectNode event = event(entity);
            ((ObjectNode) event.get("data")).remove(field.name());
            assertThat(schemaOf(entity).allows(event)).isEqualTo(!field.required());

            event.put("op", "delete");
            assertThat(schemaOf(entity).allows(event)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("entities")
    void aValueOfTheWrongTypeIsRefused(EntitySchema entity) {
        for (EntityField field : entity.fields()) {
            ObjectNode event = event(entity);
            JsonNode wrong =
                    event.get("data").get(field.name()).isTextual()
                            ? JSON.getNodeFactory().numberNode(7)
                            : JSON.getNodeFactory().textNode("seven");
            ((ObjectNode) event.get("data")).set(field.name(), wrong);
            assertThat(schemaOf(entity).allows(event)).as(field.name()).isFalse();

            ((ObjectNode) event.get("data")).putNull(field.name());
            assertThat(schemaOf(entity).allows(event)).as(field.name() + " null").isFalse();
        }
    }

    @Test
    void anEventOfAnotherEntityOrWithAnUnknownFieldIsRefused() {
        EntitySchema account = EntityModel.shipped().entity("account");
        EntitySchema contact = EntityModel.shipped().entity("contact");
        ObjectNode unknown = event(account);
        ((ObjectNode) unknown.get("data")).put("nickname", "Acme");

        assertThat(schemaOf(contact).allows(event(account))).isFalse();
        assertThat(schemaOf(account).allows(unknown)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("entities")
    void aViewRowOfEveryEntityIsAllowed(EntitySchema entity) throws IOException {
        ObjectNode row = (ObjectNode) JSON.readTree(MessageJson.write(TestingMessages.view()));
        row.put("entity", entity.name());
        row.set("data", event(entity).get("data"));

        assertThat(new TestingSchema(MessageSchemas.view(entity.name())).problems(row)).isEmpty();
    }

    @Test
    void headersOfTheRawTopicAreDescribed() {
        TestingSchema raw = new TestingSchema(MessageSchemas.schema("raw"));
        Map<String, String> least =
                Map.of("tenant", "t", "connection", "c", "source", "s", "stream", "x");
        ObjectNode full = JSON.valueToTree(least);
        full.put("op", "delete").put("record-id", "1").put("emitted-at", "1700000000000");
        full.put("traceparent", "00-0");

        assertThat(raw.problems(JSON.valueToTree(least))).isEmpty();
        assertThat(raw.problems(full)).isEmpty();
        assertThat(raw.allows(full.deepCopy().put("op", "drop"))).isFalse();
        assertThat(raw.allows(full.deepCopy().put("tenant", "t".repeat(129)))).isFalse();
        assertThat(raw.allows(full.deepCopy().without("stream"))).isFalse();
    }

    @Test
    void anEnvelopeIsDescribed() throws IOException {
        TestingSchema schema = new TestingSchema(MessageSchemas.schema("envelope"));
        ObjectNode full = JSON.createObjectNode();
        full.put("tenant", "t").put("connection", "c").put("source", "s").put("stream", "x");
        full.put("op", "upsert").put("record_id", 7).put("emitted_at", 1_700_000_000_000L);
        full.putObject("data").put("id", 1);

        assertThat(schema.problems(full)).isEmpty();
        assertThat(schema.allows(JSON.readTree("{\"data\":{}}"))).isTrue();
        assertThat(schema.allows(JSON.readTree("{\"op\":\"delete\",\"record_id\":\"7\"}")))
                .isTrue();
        assertThat(schema.allows(full.deepCopy().put("op", "drop"))).isFalse();
        assertThat(schema.allows(full.deepCopy().put("data", "{}"))).isFalse();
        assertThat(schema.allows(full.deepCopy().without("data"))).isFalse();
    }

    @Test
    void headersOfADeadLetterAreDescribed() {
        TestingSchema schema = new TestingSchema(MessageSchemas.schema("dead-letter"));
        ObjectNode headers = JSON.createObjectNode();
        headers.put("__connect.errors.topic", "autonomos.raw")
                .put("__connect.errors.partition", "0")
                .put("__connect.errors.offset", "17")
                .put("__connect.errors.stage", "VALUE_CONVERTER")
                .put("__connect.errors.exception.message", "Not JSON.")
                .put("autonomos.tenant", "acme")
                .put("autonomos.connection", "sf")
                .put("autonomos.stream", "Account")
                .put("autonomos.error-code", "AOS-201")
                .put("autonomos.attempt", "1")
                .put("autonomos.first-failed-at", "2026-01-31T08:00:00Z")
                .put("ce_id", "autonomos.raw/0/17/1");

        assertThat(schema.problems(headers)).isEmpty();
        assertThat(schema.allows(headers.deepCopy().put("autonomos.attempt", "0"))).isFalse();
        assertThat(schema.allows(headers.deepCopy().put("autonomos.error-code", "E1"))).isFalse();
    }

    private static TestingSchema schemaOf(EntitySchema entity) {
        return new TestingSchema(MessageSchemas.canonicalEvent(entity.name()));
    }

    /** An event in which every field of the entity has a value. */
    private static ObjectNode event(EntitySchema entity) {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", "00ff").put("tenant", "acme").put("entity", entity.name());
        event.put("op", "upsert");
        ObjectNode data = event.putObject("data");
        entity.fields().forEach(field -> data.set(field.name(), value(field)));
        event.putObject("extras").putArray("Custom__c").add(1);
        event.putObject("source")
                .put("system", "salesforce")
                .put("connection", "sf-prod")
                .put("stream", "Account")
                .put("record_id", "001")
                .put("fingerprint", "0123456789abcdef0123456789abcdef");
        event.putObject("mapping").put("id", "salesforce/Account").put("version", 1);
        event.putArray("changes")
                .addObject()
                .put("field", "phone")
                .put("kind", "null")
                .put("reason", "AOS-301");
        event.put("event_time", "2026-01-31T08:00:00.250000Z");
        event.put("emitted_at", "2026-01-31T08:00:01Z");
        event.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736").put("schema_version", 1);
        return event;
    }

    private static JsonNode value(EntityField field) {
        var node = JSON.getNodeFactory();
        return switch (field.type()) {
            case TEXT -> node.textNode("currency".equals(field.format()) ? "EUR" : "text");
            case INTEGER -> node.numberNode(7);
            case DECIMAL -> node.numberNode(new BigDecimal("12.50"));
            case BOOLEAN -> node.booleanNode(true);
            case DATE -> node.textNode("2026-01-31");
            case TIMESTAMP -> node.textNode("2026-01-31T08:00:00Z");
            case TEXT_LIST -> node.arrayNode().add("a");
            case TEXT_MAP -> node.objectNode().put("k", "v");
        };
    }
}
