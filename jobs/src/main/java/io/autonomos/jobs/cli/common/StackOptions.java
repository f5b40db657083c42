package io.autonomos.jobs.cli.common;

import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.jobs.stack.WorkDir;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every command that starts, finds or stops a stack. */
public final class StackOptions {

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Default: ${DEFAULT-VALUE}. Where all state of the stack lives.",
            defaultValue = WorkDir.DEFAULT_NAME)
    private Path workDir;

    /** The work directory, made where it is missing. */
    public WorkDir workDir() {
        return WorkDir.create(workDir);
    }

    /** The ports of the servers; for the commands that start some. */
    public static final class PortOptions {

        @Option(
                names = "--kafka-port",
                paramLabel = "PORT",
                description = "Default: 9092, or the next free one.")
        private Integer kafka;

        @Option(
                names = "--postgres-port",
                paramLabel = "PORT",
                description = "Default: 5432, or the next free one.")
        private Integer postgres;

        @Option(
                names = "--dashboard-port",
                paramLabel = "PORT",
                description = "Flink's dashboard. Default: 8081, or the next free one.")
        private Integer dashboard;

        /** What was asked for. */
        public StackPorts.Asked asked() {
            return new StackPorts.Asked(kafka, postgres, dashboard);
        }
    }
}
