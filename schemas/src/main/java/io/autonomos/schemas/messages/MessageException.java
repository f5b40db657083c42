package io.autonomos.schemas.messages;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;

/**
 * A message that does not follow its contract. Its text names the property, never its value, so
 * that it can be logged and sent on.
 */
public final class MessageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String property;

    MessageException(String type, String property, String why) {
        super(
                "%s: %s%s: %s. %s"
                        .formatted(
                                ErrorCode.MESSAGE_INVALID.code(),
                                type,
                                property == null ? "" : ", property " + property,
                                why,
                                ErrorCode.MESSAGE_INVALID.remedy()));
        this.property = property;
    }

    /** The reason in the form that dead letters carry. */
    public Fault fault() {
        return Fault.of(ErrorCode.MESSAGE_INVALID, property, getMessage());
    }
}
