package io.autonomos.jobs.cli.stack;

import io.autonomos.jobs.cli.common.StackOptions;
import io.autonomos.jobs.stack.ProcessStack;
import io.autonomos.jobs.stack.WorkDir;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops the process stack. */
@Command(
        name = "down",
        description = {
            "Stop the servers that `up` started. Their data stays, unless --wipe is given.",
            "Running jobs end with Flink; `submit --resume` starts one from its last checkpoint."
        })
public final class DownCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private StackOptions stack;

    @Option(
            names = "--wipe",
            description = "Remove all data, passwords and logs too; files put into input/ stay.")
    private boolean wipe;

    @Override
    public Integer call() {
        WorkDir workDir = stack.workDir();
        ProcessStack processes = new ProcessStack(workDir);
        PrintWriter out = spec.commandLine().getOut();
        List<String> stopped = processes.down();
        out.println(
                stopped.isEmpty()
                        ? "Nothing was running in " + workDir.root() + "."
                        : "Stopped " + String.join(", ", stopped) + ".");
        if (wipe) {
            processes.wipe();
            out.println("Removed the data in " + workDir.root() + ".");
        }
        return 0;
    }
}
