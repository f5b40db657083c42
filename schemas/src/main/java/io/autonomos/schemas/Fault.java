package io.autonomos.schemas;

import java.util.Objects;

/**
 * Why a record cannot be translated.
 *
 * @param code stable code of {@link ErrorCode}, such as {@code AOS-201}
 * @param field the canonical or source field concerned, or null
 * @param message what is wrong, where, and what to do next; never contains the payload
 */
public record Fault(String code, String field, String message) {

    public Fault {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** A fault that concerns the whole record. */
    public static Fault of(ErrorCode code, String message) {
        return new Fault(code.code(), null, message);
    }

    /** A fault of one field. */
    public static Fault of(ErrorCode code, String field, String message) {
        return new Fault(code.code(), field, message);
    }
}
