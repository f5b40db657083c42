package io.autonomos.operators.source.debezium;

import io.autonomos.schemas.ErrorCode;

/** A row cannot be turned into plain JSON. */
public final class RowException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String column;

    RowException(ErrorCode code, String column, String problem) {
        super(problem, null, false, false);
        this.code = code;
        this.column = column;
    }

    public ErrorCode code() {
        return code;
    }

    /** The column concerned. */
    public String column() {
        return column;
    }
}
