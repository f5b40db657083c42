package io.autonomos.mappings.scan;

import io.autonomos.schemas.ErrorCode;

/** The record's bytes are not a JSON object within the limits. */
public final class ScanException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int offset;

    ScanException(ErrorCode code, int offset, String message) {
        super(message, null, false, false);
        this.code = code;
        this.offset = offset;
    }

    public ErrorCode code() {
        return code;
    }

    /** The first byte that is wrong. */
    public int offset() {
        return offset;
    }
}
