package io.autonomos.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The places of what a {@link ViewChange} holds beside its fields: found in one pass over the row's
 * JSON, read in place.
 */
public final class ViewParts {

    private static final JsonFactory JSON = new JsonFactory();

    private static final List<String> PARTS =
            List.of("data", "links", "provenance", "conflicts", "schema_version");

    private final byte[] json;

    /** The start and end of each part. */
    private final int[] places = new int[2 * PARTS.size()];

    private ViewParts(byte[] json) {
        this.json = json;
    }

    /**
     * Finds the parts of a row that is not gone.
     *
     * @throws IllegalArgumentException if a part is missing
     */
    public static ViewParts of(ViewChange change) {
        ViewParts parts = new ViewParts(change.json());
        Arrays.fill(parts.places, -1);
        try (JsonParser parser = JSON.createParser(change.json())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parts.read(parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < PARTS.size(); i++) {
            if (parts.places[2 * i] < 0) {
                throw new IllegalArgumentException(
                        "A row of the view %s has no %s.".formatted(change.entity(), PARTS.get(i)));
            }
        }
        return parts;
    }

    private void read(JsonParser parser) throws IOException {
        String name = parser.currentName();
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (parser.currentToken().isNumeric()) {
            parser.getNumberType(); // reads to the number's end
        }
        int part = PARTS.indexOf(name);
        if (part >= 0) {
            places[2 * part] = start;
            places[2 * part + 1] = (int) parser.currentLocation().getByteOffset();
        }
    }

    /** The fields that have a value, a JSON object. */
    public String data() {
        return text(0);
    }

    /** The source records, a JSON array. */
    public String links() {
        return text(1);
    }

    /** Where the values came from, a JSON array. */
    public String provenance() {
        return text(2);
    }

    /** Where the values that lost came from, a JSON array. */
    public String conflicts() {
        return text(3);
    }

    /** The version of the entity. */
    public int schemaVersion() {
        return Integer.parseInt(text(4).strip());
    }

    private String text(int part) {
        int start = places[2 * part];
        return new String(json, start, places[2 * part + 1] - start, StandardCharsets.UTF_8);
    }
}
