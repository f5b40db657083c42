package io.autonomos.jobs.cli.common;

import io.autonomos.schemas.ErrorCode;

/** Why a command cannot do what it was asked; the message is all that the user needs. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The code's remedy becomes the end of the message. */
    public CommandException(ErrorCode code, String what) {
        super("%s: %s %s".formatted(code.code(), what, code.remedy()));
    }

    public CommandException(String message) {
        super(message);
    }
}
