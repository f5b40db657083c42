package io.autonomos.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.autonomos.schemas.model.EntityField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the typed values of a {@link EntityJson} in place; null where absent. */
public final class EventValues {

    private static final JsonFactory JSON = new JsonFactory();

    private EventValues() {}

    /** Whether the field has a value. */
    public static boolean isPresent(EntityJson event, EntityField field) {
        int[] values = event.values();
        return 2 * field.index() < values.length && values[2 * field.index()] >= 0;
    }

    /** The value's JSON token as text: quoted for text, plain for numbers; null where absent. */
    public static String token(EntityJson event, EntityField field) {
        if (!isPresent(event, field)) {
            return null;
        }
        int start = event.values()[2 * field.index()];
        int end = event.values()[2 * field.index() + 1];
        return new String(event.json(), start, end - start, StandardCharsets.UTF_8);
    }

    /** A text, date or timestamp as text; numbers and booleans in their JSON form. */
    public static String text(EntityJson event, EntityField field) {
        if (!isPresent(event, field)) {
            return null;
        }
        byte[] json = event.json();
        int start = event.values()[2 * field.index()];
        int end = event.values()[2 * field.index() + 1];
        if (json[start] != '"') {
            return new String(json, start, end - start, StandardCharsets.UTF_8);
        }
        for (int i = start + 1; i < end - 1; i++) {
            if (json[i] == '\\') {
                return parse(json, start, end, JsonParser::getText);
            }
        }
        return new String(json, start + 1, end - start - 2, StandardCharsets.UTF_8);
    }

    /** An integer. */
    public static Long integer(EntityJson event, EntityField field) {
        String text = text(event, field);
        return text == null ? null : Long.valueOf(text);
    }

    /** A decimal, exact. */
    public static BigDecimal decimal(EntityJson event, EntityField field) {
        String text = text(event, field);
        return text == null ? null : new BigDecimal(text);
    }

    /** A boolean. */
    public static Boolean bool(EntityJson event, EntityField field) {
        String text = text(event, field);
        return text == null ? null : Boolean.valueOf(text);
    }

    /** A date. */
    public static LocalDate date(EntityJson event, EntityField field) {
        String text = text(event, field);
        return text == null ? null : LocalDate.parse(text);
    }

    /** An instant. */
    public static Instant timestamp(EntityJson event, EntityField field) {
        String text = text(event, field);
        return text == null ? null : Instant.parse(text);
    }

    /** A list of text. */
    public static List<String> textList(EntityJson event, EntityField field) {
        if (!isPresent(event, field)) {
            return null;
        }
        return parse(
                event.json(),
                event.values()[2 * field.index()],
                event.values()[2 * field.index() + 1],
                parser -> {
                    List<String> texts = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        texts.add(parser.getText());
                    }
                    return texts;
                });
    }

    /** A map of text. */
    public static Map<String, String> textMap(EntityJson event, EntityField field) {
        if (!isPresent(event, field)) {
            return null;
        }
        return parse(
                event.json(),
                event.values()[2 * field.index()],
                event.values()[2 * field.index() + 1],
                parser -> {
                    Map<String, String> texts = new LinkedHashMap<>();
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String name = parser.currentName();
                        parser.nextToken();
                        texts.put(name, parser.getText());
                    }
                    return texts;
                });
    }

    private interface Reader<T> {
        T read(JsonParser parser) throws IOException;
    }

    private static <T> T parse(byte[] json, int start, int end, Reader<T> reader) {
        try (JsonParser parser = JSON.createParser(json, start, end - start)) {
            parser.nextToken();
            return reader.read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
