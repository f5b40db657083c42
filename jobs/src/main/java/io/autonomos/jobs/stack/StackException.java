package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;

/** A server could not be started, found or stopped; the message is meant for the user. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param code the stable code, shown first
     * @param what what is wrong and where, a sentence
     */
    public StackException(ErrorCode code, String what) {
        this(code, what, null);
    }

    /** As {@link #StackException(ErrorCode, String)}, with what caused it. */
    public StackException(ErrorCode code, String what, Throwable cause) {
        super(code.code() + ": " + what + " " + code.remedy(), cause);
    }
}
