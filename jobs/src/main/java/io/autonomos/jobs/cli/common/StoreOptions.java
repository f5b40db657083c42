package io.autonomos.jobs.cli.common;

import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.JobSettings;
import io.autonomos.jobs.stack.RunningStack;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every command that reads the stores of a job. */
public final class StoreOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The job's configuration, YAML (default: that of the last job that was submitted to"
                            + " the stack). Where it names no brokers, the stack in the work"
                            + " directory counts, of `up` or else of `demo`.")
    private Path config;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of the job; wins over the file.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Mixin private StackPlace place;

    /** The settings of the job whose stores are read. */
    public JobSettings settings() {
        return JobSettings.from(job());
    }

    /** The configuration of the job whose stores are read. */
    public Configuration job() {
        Optional<RunningStack> stack = place.running();
        if (config == null && stack.isEmpty()) {
            throw absent();
        }
        Path said = config != null ? config : stack.flatMap(RunningStack::submitted).orElse(null);
        Map<String, String> defaults =
                stack.map(each -> JobConfig.unsaid(said, each.jobSettings())).orElse(Map.of());
        return JobConfig.fromArguments(
                JobConfig.arguments(said, defaults, settings).toArray(String[]::new));
    }

    /** Refuses an {@code --entity} that the model does not have; null is none. */
    public static void requireEntity(CommandSpec spec, String entity) {
        if (entity != null && EntityModel.shipped().entity(entity) == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--entity names no entity of the model: " + entity + ".");
        }
    }

    private CommandException absent() {
        return new CommandException(
                ErrorCode.STACK_ABSENT, "there is no stack in " + place + ", and no --config.");
    }
}
