package io.autonomos.schemas.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The JSON form of the messages: names in snake_case, times as ISO 8601 in UTC, what is null left
 * out.
 *
 * <p>Reading is strict, since people and other programs write these topics: an unknown or repeated
 * property, a missing one and a value of another type are refused, never guessed.
 */
public final class MessageJson {

    private static final ObjectMapper MAPPER = mapper();

    private MessageJson() {}

    /** The message as JSON on one line. */
    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a message. */
    public static <T> T read(Class<T> type, byte[] json) throws MessageException {
        String name = type.getSimpleName();
        T message;
        try {
            message = MAPPER.readValue(json, type);
        } catch (UnrecognizedPropertyException e) {
            throw new MessageException(
                    name, path(e), "it is unknown here; known are " + e.getKnownPropertyIds());
        } catch (JsonMappingException e) {
            throw new MessageException(name, path(e), why(e));
        } catch (JsonProcessingException e) {
            throw new MessageException(name, null, notJson(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (message == null) {
            throw new MessageException(name, null, "it is null, not an object");
        }
        return message;
    }

    private static ObjectMapper mapper() {
        SimpleModule times = new SimpleModule();
        times.addSerializer(Instant.class, new InstantWriter());
        times.addDeserializer(Instant.class, new InstantReader());
        JsonMapper.Builder builder =
                JsonMapper.builder()
                        .addModule(times)
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(
                                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .withCoercionConfig(
                                LogicalType.Textual,
                                text -> {
                                    text.setCoercion(
                                            CoercionInputShape.Integer, CoercionAction.Fail);
                                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                                    text.setCoercion(
                                            CoercionInputShape.Boolean, CoercionAction.Fail);
                                });
        return builder.build();
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    /** Jackson's own texts quote the value, so only ours are passed on. */
    private static String why(JsonMappingException e) {
        if (e.getCause() instanceof Check.Failure failure) {
            return failure.getMessage();
        }
        if (e.getCause() instanceof JsonProcessingException syntax) {
            return notJson(syntax);
        }
        return "it is missing or has the wrong type";
    }

    private static String notJson(JsonProcessingException e) {
        return e.getLocation() == null
                ? "it is not JSON"
                : "it is not JSON, or repeats a property, at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static final class InstantWriter extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class InstantReader extends JsonDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(Instant.class, json);
            }
            try {
                return OffsetDateTime.parse(json.getText()).toInstant();
            } catch (DateTimeException e) {
                throw JsonMappingException.from(
                        json,
                        "",
                        new Check.Failure(
                                json.currentName(),
                                "must be a date and time with an offset, as 2026-01-31T08:00:00Z"));
            }
        }
    }
}
