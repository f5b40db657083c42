package io.autonomos.jobs.cli.review;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets a person decide about proposed repairs. */
@Command(
        name = "review",
        description = {
            "Show proposed repairs of mappings, and decide about them.",
            "A proposal waits for a decision until it expires; what is parked waits with it."
        },
        synopsisSubcommandLabel = "(list | show | approve | reject | edit)",
        subcommands = {
            ReviewListCommand.class,
            ReviewShowCommand.class,
            ReviewApproveCommand.class,
            ReviewRejectCommand.class,
            ReviewEditCommand.class
        })
public final class ReviewCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
