package io.autonomos.jobs.cli.common;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /** Of a file that cannot be read: whether it is there, or else why. */
    public static CommandException unreadable(Path file, IOException e) {
        return new CommandException(
                Files.exists(file)
                        ? "%s cannot be read (%s).".formatted(file, e.getClass().getSimpleName())
                        : file + " does not exist. Correct the path.");
    }
}
