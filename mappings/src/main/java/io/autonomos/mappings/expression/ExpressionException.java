package io.autonomos.mappings.expression;

/** An expression that cannot be compiled, or that has no value for a record. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    ExpressionException(String message, int line, int column) {
        super(message, null, false, false); // records without a value are no rare case
        this.line = line;
        this.column = column;
    }

    /** The line inside the expression, from 1. */
    public int line() {
        return line;
    }

    /** The column inside that line, from 1. */
    public int column() {
        return column;
    }
}
