package io.autonomos.jobs.cli.stack;

import io.autonomos.jobs.cli.common.StackOptions;
import io.autonomos.jobs.stack.ProcessStack;
import io.autonomos.jobs.stack.WorkDir;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which servers of the process stack run, and where. */
@Command(
        name = "status",
        description = "Show the servers that `up` started.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every server runs", "1:failed", "2:a server is not running"})
public final class StatusCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private StackOptions stack;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        WorkDir workDir = stack.workDir();
        StackReport report = new StackReport(workDir, new ProcessStack(workDir));
        if (json) {
            report.printJson(spec.commandLine().getOut());
        } else {
            report.print(spec.commandLine().getOut());
        }
        return report.isComplete() ? 0 : 2;
    }
}
