package io.autonomos.jobs.cli;

import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.JobSettings;
import io.autonomos.jobs.stack.StackJobSettings;
import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.jobs.stack.WorkDir;
import io.autonomos.schemas.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** The options of every command that reads the stores of a job. */
final class StoreOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The job's configuration, YAML. Default: the stack in the work directory, of"
                            + " `up` or else of `demo`.")
    private Path config;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of the job; wins over the file.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            defaultValue = WorkDir.DEFAULT_NAME,
            description = "Where to look for a stack (default: ${DEFAULT-VALUE}).")
    private Path workDir;

    /** The settings of the job whose stores are read. */
    JobSettings settings() {
        return JobSettings.from(job());
    }

    /** The configuration of the job whose stores are read. */
    Configuration job() {
        List<String> arguments = new ArrayList<>();
        Map<String, String> all = new LinkedHashMap<>();
        if (config == null) {
            all.putAll(stack());
        } else {
            arguments.add("--config");
            arguments.add(config.toString());
        }
        all.putAll(settings);
        all.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        return JobConfig.fromArguments(arguments.toArray(String[]::new));
    }

    private Map<String, String> stack() {
        for (Path directory : List.of(workDir, workDir.resolve("demo"))) {
            if (Files.isDirectory(directory)) {
                WorkDir found = WorkDir.create(directory);
                StackPorts ports = StackPorts.read(found).orElse(null);
                if (ports != null) {
                    return StackJobSettings.of(found, ports.bootstrapServers(), ports.jdbcUrl());
                }
            }
        }
        throw new CommandException(
                ErrorCode.STACK_ABSENT, "there is no stack in " + workDir + ", and no --config.");
    }
}
