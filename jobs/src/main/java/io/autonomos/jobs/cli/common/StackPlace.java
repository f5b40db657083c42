package io.autonomos.jobs.cli.common;

import io.autonomos.jobs.stack.RunningStack;
import io.autonomos.jobs.stack.WorkDir;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where commands that can do without a stack of their own look for one. */
final class StackPlace {

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            defaultValue = WorkDir.DEFAULT_NAME,
            description = "Where to look for a stack (default: ${DEFAULT-VALUE}).")
    private Path workDir;

    /** The stack there, of {@code up} or else of {@code demo}, if there is one. */
    Optional<RunningStack> running() {
        return RunningStack.find(workDir);
    }

    @Override
    public String toString() {
        return workDir.toString();
    }
}
