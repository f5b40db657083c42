package io.autonomos.mappings.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.runtime.CelEvaluationException;

/** Says why an expression has no value, without the values. */
final class Failures {

    static final String OPERAND = "an operand is absent or of the wrong type";

    static final String NO_KEY = "a key is not in its map";

    private Failures() {}

    /** Thrown by functions; its message names no value. */
    static final class FunctionException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FunctionException(String message) {
            super(message, null, false, false);
        }
    }

    static String reason(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FunctionException) {
                return cause.getMessage();
            }
            if (cause instanceof CelRuntimeException known) {
                return reason(known.getErrorCode());
            }
            if (cause instanceof ArithmeticException) {
                return reason(CelErrorCode.NUMERIC_OVERFLOW);
            }
        }
        return failure instanceof CelEvaluationException known
                ? reason(known.getErrorCode())
                : "it ended with " + failure.getClass().getSimpleName();
    }

    private static String reason(CelErrorCode code) {
        return switch (code) {
            case OVERLOAD_NOT_FOUND -> OPERAND;
            case DIVIDE_BY_ZERO -> "it divides by zero";
            case INDEX_OUT_OF_BOUNDS -> "an index is out of bounds";
            case ATTRIBUTE_NOT_FOUND -> NO_KEY;
            case NUMERIC_OVERFLOW -> "a number is out of range";
            case ITERATION_BUDGET_EXCEEDED -> "it takes more steps than it may";
            case BAD_FORMAT -> "a text has the wrong form for its conversion";
            default -> "a value is not what it must be (" + code + ")";
        };
    }
}
