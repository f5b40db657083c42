package io.autonomos.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The places of what a {@link ViewChange} holds beside its fields: found in one pass over the row's
 * JSON, read in place.
 */
public final class ViewParts {

    private static final JsonFactory JSON = new JsonFactory();

    /** The parts, as indexes of their places. */
    private enum Part {
        DATA("data"),
        LINKS("links"),
        PROVENANCE("provenance"),
        CONFLICTS("conflicts"),
        SCHEMA_VERSION("schema_version");

        private final String property;

        Part(String property) {
            this.property = property;
        }
    }

    private final byte[] json;
    private final int[] places = new int[2 * Part.values().length];

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
        for (Part part : Part.values()) {
            if (parts.places[2 * part.ordinal()] < 0) {
                throw new IllegalArgumentException(
                        "A row of the view %s has no %s."
                                .formatted(change.entity(), part.property));
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
        for (Part part : Part.values()) {
            if (part.property.equals(name)) {
                places[2 * part.ordinal()] = start;
                places[2 * part.ordinal() + 1] = (int) parser.currentLocation().getByteOffset();
            }
        }
    }

    /** The fields that have a value, a JSON object. */
    public String data() {
        return text(Part.DATA);
    }

    /** The source records, a JSON array. */
    public String links() {
        return text(Part.LINKS);
    }

    /** Where the values came from, a JSON array. */
    public String provenance() {
        return text(Part.PROVENANCE);
    }

    /** Where the values that lost came from, a JSON array. */
    public String conflicts() {
        return text(Part.CONFLICTS);
    }

    /** The version of the entity. */
    public int schemaVersion() {
        return Integer.parseInt(text(Part.SCHEMA_VERSION).strip());
    }

    private String text(Part part) {
        int start = places[2 * part.ordinal()];
        return new String(
                json, start, places[2 * part.ordinal() + 1] - start, StandardCharsets.UTF_8);
    }
}
