package io.autonomos.jobs.cli.stack;

import io.autonomos.jobs.cli.common.CommandLogging;
import io.autonomos.jobs.cli.common.StackOptions;
import io.autonomos.jobs.stack.ProcessStack;
import io.autonomos.jobs.stack.WorkDir;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the process stack, or what of it is not running. */
@Command(
        name = "up",
        description = {
            "Start Kafka, PostgreSQL and Flink as processes of this machine.",
            "They stay after the command has ended; a server that dies is started again.",
            "Running it twice is harmless: it starts what is missing."
        })
public final class UpCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private StackOptions stack;
    @Mixin private StackOptions.PortOptions ports;

    @Option(
            names = "--slots",
            defaultValue = "4",
            description = "Task slots of the TaskManager (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(names = "--json", description = "Print where everything is as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (slots < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--slots must be at least 1, but was " + slots + ".");
        }
        WorkDir workDir = stack.workDir();
        CommandLogging.toFile(workDir.logs().resolve("autonomos.log"));
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        err.println("Starting Kafka, PostgreSQL and Flink in " + workDir.root() + " ...");
        ProcessStack processes = new ProcessStack(workDir);
        boolean started = processes.up(ports.asked(), slots, err::println);
        StackReport report = new StackReport(workDir, processes);
        if (json) {
            report.printJson(out);
            return 0;
        }
        out.println(started ? "The stack is up." : "The stack is running already.");
        report.print(out);
        out.println("Next: `autonomos submit` starts the job, `autonomos down` stops everything.");
        return 0;
    }
}
