package io.autonomos.schemas.model;

import java.math.BigDecimal;

/**
 * One field of an entity.
 *
 * @param index its place in {@link EntitySchema#fields()}
 * @param minimum smallest allowed number, or null
 * @param maximum largest allowed number, or null
 * @param format a closed set of text values checked by name ({@code currency}), or null
 * @param merge how records agree on it in the unified row
 */
public record EntityField(
        int index,
        String name,
        FieldType type,
        boolean required,
        BigDecimal minimum,
        BigDecimal maximum,
        String format,
        String description,
        FieldMerge merge) {

    /** The same with another rule of agreement. */
    EntityField with(FieldMerge rule) {
        return new EntityField(
                index, name, type, required, minimum, maximum, format, description, rule);
    }
}
