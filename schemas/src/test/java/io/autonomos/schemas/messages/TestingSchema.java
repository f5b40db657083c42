package io.autonomos.schemas.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Set;

/** A JSON Schema that says what is wrong with a message; formats are checked too. */
final class TestingSchema {

    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonSchema schema;

    TestingSchema(String text) {
        schema =
                FACTORY.getSchema(
                        text,
                        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }

    Set<ValidationMessage> problems(JsonNode message) {
        return schema.validate(message);
    }

    boolean allows(JsonNode message) {
        return problems(message).isEmpty();
    }
}
