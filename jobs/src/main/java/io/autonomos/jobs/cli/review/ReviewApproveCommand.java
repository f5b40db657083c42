package io.autonomos.jobs.cli.review;

import io.autonomos.schemas.messages.Review;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Approves a proposal. */
@Command(
        name = "approve",
        description = {
            "Let a proposal take effect, whatever its confidence.",
            "Its mapping becomes a version of the stream's; what is parked goes through it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is in effect", "1:refused or failed", "2:no job has answered"})
final class ReviewApproveCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private Decision decision;

    @Override
    public Integer call() {
        return decision.send(
                Review.APPROVE, null, spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
