package io.autonomos.jobs.cli.drift;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what becomes of records whose schema changes. */
@Command(
        name = "drift",
        description = "Show what becomes of records whose schema changes.",
        synopsisSubcommandLabel = "(list | show | try)",
        subcommands = {DriftListCommand.class, DriftShowCommand.class, DriftTryCommand.class})
public final class DriftCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
