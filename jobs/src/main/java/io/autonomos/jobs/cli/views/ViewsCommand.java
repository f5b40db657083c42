package io.autonomos.jobs.cli.views;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about unified rows; each part is a subcommand. */
@Command(
        name = "views",
        description = "Read the unified rows of a tenant.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ViewsQueryCommand.class})
public final class ViewsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
