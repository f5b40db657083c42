package io.autonomos.mappings.profile;

import java.math.BigDecimal;

/**
 * A field that stayed where it was, but whose values are no longer what they were.
 *
 * @param kind as drift events name it
 * @param path where it stands
 * @param other the field that has its values now, where two were swapped, or null
 * @param scale what its numbers must be multiplied with to be what they were, or null
 * @param proven whether the values of the same records show it
 */
public record ValueChange(
        String kind, String path, String other, BigDecimal scale, boolean proven) {

    public static final String RETYPED = "retyped";
    public static final String WIDENED = "widened";
    public static final String NARROWED = "narrowed";
    public static final String FORMAT = "format-changed";
    public static final String ENUM = "enum-extended";
    public static final String MEANING = "meaning-suspect";

    static ValueChange of(String kind, FieldProfile field) {
        return new ValueChange(kind, field.path().toString(), null, null, false);
    }
}
