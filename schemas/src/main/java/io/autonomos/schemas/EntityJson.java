package io.autonomos.schemas;

/**
 * JSON that holds the fields of an entity, with the place of each; read through {@link
 * EventValues}.
 */
public interface EntityJson {

    /** UTF-8. */
    byte[] json();

    /**
     * At {@code 2 * i} and {@code 2 * i + 1} the start and end of the token of field {@code i}, in
     * the order of {@link io.autonomos.schemas.model.EntitySchema#fields()}; -1 where it is null.
     */
    int[] values();
}
