package io.autonomos.jobs.cli.review;

import io.autonomos.jobs.cli.common.MappingFiles;
import io.autonomos.schemas.messages.Review;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a mapping of the reviewer's own take effect. */
@Command(
        name = "edit",
        description = {
            "Let a mapping of your own take effect in place of a proposal's.",
            "`review show ID --mapping` prints the proposed one to begin with."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is in effect", "1:refused or failed", "2:no job has answered"})
final class ReviewEditCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private Decision decision;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            required = true,
            description = "The mapping that takes effect.")
    private Path file;

    @Override
    public Integer call() {
        MappingFiles.Checked checked = MappingFiles.check(file);
        if (!checked.report().isUsable()) {
            List<String> lines = checked.lines();
            checked.report()
                    .problems()
                    .forEach(each -> MappingFiles.print(spec.commandLine().getErr(), each, lines));
            return 1;
        }
        return decision.send(
                Review.EDIT,
                checked.content(),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }
}
