package io.autonomos.schemas.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.io.StringWriter;

/** An object inside a message that is passed on as JSON text, numbers at full precision. */
final class RawJson {

    private RawJson() {}

    /** Writes the text as it stands. */
    static final class Writer extends JsonSerializer<String> {
        @Override
        public void serialize(String value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeRawValue(value);
        }
    }

    /** Reads an object as text. */
    static final class Reader extends JsonDeserializer<String> {
        @Override
        public String deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            if (!json.hasToken(JsonToken.START_OBJECT)) {
                return (String) context.handleUnexpectedToken(String.class, json);
            }
            StringWriter text = new StringWriter();
            try (JsonGenerator copy = json.getCodec().getFactory().createGenerator(text)) {
                copy.copyCurrentStructureExact(json);
            }
            return text.toString();
        }
    }
}
