package io.autonomos.jobs.cli;

import io.autonomos.schemas.ErrorCode;

/** Why a command cannot do what it was asked; the message is all that the user needs. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The code's remedy becomes the end of the message. */
    CommandException(ErrorCode code, String what) {
        super("%s: %s %s".formatted(code.code(), what, code.remedy()));
    }

    CommandException(String message) {
        super(message);
    }
}
