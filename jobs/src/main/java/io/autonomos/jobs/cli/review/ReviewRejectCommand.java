package io.autonomos.jobs.cli.review;

import io.autonomos.schemas.messages.Review;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Rejects a proposal. */
@Command(
        name = "reject",
        description = {
            "Turn a proposal down.",
            "What is parked stays parked until a version of the mapping mends it or it is too old."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is rejected", "1:refused or failed", "2:no job has answered"})
final class ReviewRejectCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private Decision decision;

    @Override
    public Integer call() {
        return decision.send(
                Review.REJECT, null, spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
