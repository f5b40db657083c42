package io.autonomos.schemas.messages;

import java.util.List;

/**
 * Where a mapping takes the value of one canonical field from.
 *
 * @param from the places of a record that it reads; empty where the value is a constant
 */
public record FieldSources(String field, List<String> from) {

    public FieldSources {
        Check.text("field", field);
        from = Check.list("from", from);
    }
}
