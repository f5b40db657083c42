package io.autonomos.mappings.match;

import java.util.List;
import java.util.Objects;

/**
 * One field of a stream's schema.
 *
 * @param path its name, with dots for fields inside objects
 * @param type its type as the source or JSON names it; {@code unknown} where nothing says
 * @param profile what its values look like
 */
public record SchemaField(String path, String type, ValueProfile profile) {

    /** Checks that a name is there; a missing type is unknown. */
    public SchemaField {
        Objects.requireNonNull(path, "path");
        type = type == null ? "unknown" : type;
        profile = profile == null ? ValueProfile.UNKNOWN : profile;
    }

    /** A field with sample values. */
    public static SchemaField of(String path, String type, String... samples) {
        return new SchemaField(path, type, ValueProfile.of(List.of(samples)));
    }

    /** What the type amounts to. */
    public TypeClass typeClass() {
        return TypeClass.of(type);
    }

    /** Whether this is known to have another type than the other. */
    boolean retyped(SchemaField other) {
        return !type.equalsIgnoreCase(other.type) && says(type) && says(other.type);
    }

    private static boolean says(String type) {
        return !type.equalsIgnoreCase("unknown") && !type.equalsIgnoreCase("null");
    }
}
