package io.autonomos.jobs.cli.control;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows and changes what tenants have switched on and off. */
@Command(
        name = "control",
        description = {
            "Show and change flags, policies and budgets, of a tenant or of all.",
            "A running job takes a change without a restart. A tenant's own setting comes before that"
                    + " of all (*), and the job's configuration (flags.*) before both."
        },
        synopsisSubcommandLabel = "(get | set)",
        subcommands = {ControlGetCommand.class, ControlSetCommand.class})
public final class ControlCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
