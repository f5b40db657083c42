package io.autonomos.mappings.language;

import io.autonomos.schemas.ErrorCode;

/**
 * What is wrong in a mapping file, where, and what to write instead.
 *
 * @param hint what to do, or null
 */
public record Problem(ErrorCode code, Place place, String message, String hint) {

    /** Whether the mapping can run all the same. */
    public boolean isWarning() {
        return code.name().startsWith("LINT_");
    }

    @Override
    public String toString() {
        String text = "%s %s: %s".formatted(place, code.code(), message);
        return hint == null ? text : text + " " + hint;
    }
}
