package io.autonomos.jobs.cli.stack;

import io.autonomos.jobs.AutonomosJob;
import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.JobSettings;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.StackOptions;
import io.autonomos.jobs.stack.Distribution;
import io.autonomos.jobs.stack.JobSubmission;
import io.autonomos.jobs.stack.ProcessStack;
import io.autonomos.jobs.stack.RunningJobs;
import io.autonomos.jobs.stack.RunningStack;
import io.autonomos.jobs.stack.WorkDir;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.config.Secret;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives the job to a Flink cluster. */
@Command(
        name = "submit",
        description = {
            "Start the job on the stack of `up`, or on any other Flink cluster, and return.",
            "Without --target the job gets the stack's own servers, unless --config names brokers.",
            "The configuration is read here; secrets in it must be references that the cluster can"
                    + " read too."
        })
public final class SubmitCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private StackOptions stack;

    @Option(names = "--config", paramLabel = "FILE", description = "The job's configuration, YAML.")
    private Path config;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of the job; wins over the file.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "The cluster's REST address (default: the stack in the work directory).")
    private String target;

    @Option(names = "--parallelism", description = "Default: the cluster's.")
    private Integer parallelism;

    @Option(
            names = "--from",
            paramLabel = "URI",
            description = "A savepoint or retained checkpoint to start from.")
    private String from;

    @Option(
            names = "--resume",
            description =
                    "Start from the newest checkpoint in the work directory, if there is one.")
    private boolean resume;

    @Option(
            names = "--replace",
            description =
                    "Stop the job that runs there with a savepoint, and go on from that; also for an"
                            + " upgrade.")
    private boolean replace;

    @Option(
            names = "--beside",
            description =
                    "Start it although one runs there: with a topic prefix and stores of its own.")
    private boolean beside;

    @Option(names = "--jar", paramLabel = "FILE", description = "Another job jar.", hidden = true)
    private Path jar;

    @Parameters(
            arity = "0..*",
            hidden = true,
            description = "Further arguments, handed to the jar's main method as they are.")
    private List<String> further = new ArrayList<>();

    @Option(names = "--json", description = "Print the job's id as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (parallelism != null && parallelism < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--parallelism must be at least 1, but was " + parallelism + ".");
        }
        Configuration cluster = cluster();
        Optional<RunningStack> own = ownStack();
        List<String> arguments =
                arguments(
                        own.map(each -> JobConfig.unsaid(config, each.jobSettings()))
                                .orElse(Map.of()));
        String start = start(cluster, arguments);
        JobSubmission submission =
                new JobSubmission(
                        jar == null ? Distribution.find().jobJar() : jar,
                        cluster,
                        parallelism,
                        start);
        JobID id = submission.submit(arguments);
        own.ifPresent(each -> each.keep(JobConfig.fromArguments(arguments.toArray(String[]::new))));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println("{\"job_id\":\"" + id + "\"}");
        } else {
            out.println("Job " + id + " runs" + (start == null ? "" : " from " + start) + ".");
            out.println(submission.page(id));
        }
        return 0;
    }

    /** What the job starts from, or null; the job that it replaces is stopped. */
    private String start(Configuration cluster, List<String> arguments) {
        if (jar == null) {
            Configuration job = JobConfig.fromArguments(arguments.toArray(String[]::new));
            JobSettings.from(job); // what is wrong with them shows before anything is stopped
            note(job);
            try (RunningJobs running = new RunningJobs(cluster)) {
                Optional<JobID> old = running.named(AutonomosJob.NAME);
                if (old.isPresent() && replace) {
                    return running.stop(old.get());
                }
                if (old.isPresent() && !beside) {
                    throw new CommandException(
                            ErrorCode.JOB_RUNS,
                            "job %s runs there, and two would write the same rows."
                                    .formatted(old.get()));
                }
                if (parallelism != null && parallelism > running.slots()) {
                    note(
                            "the cluster has %d task slots; the job waits until it has %d."
                                    .formatted(running.slots(), parallelism));
                }
            }
        }
        return from == null && resume
                ? JobSubmission.latestCheckpoint(stack.workDir()).orElse(null)
                : from;
    }

    /** Secrets that the stack's own servers, on this machine, may not find either. */
    private void note(Configuration job) {
        if (target != null) {
            return;
        }
        job.toMap()
                .forEach(
                        (key, value) -> {
                            if (value.startsWith("${")) {
                                try {
                                    Secret.of(key, value).reveal();
                                } catch (IllegalArgumentException | IllegalStateException e) {
                                    note(e.getMessage());
                                }
                            }
                        });
    }

    private void note(String text) {
        spec.commandLine().getErr().println("note: " + text);
    }

    private Configuration cluster() {
        if (target == null) {
            WorkDir workDir = stack.workDir();
            new ProcessStack(workDir).ports();
            return JobSubmission.stack(workDir);
        }
        String[] parts = target.split(":");
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,5}")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--target must be HOST:PORT, but was " + target + ".");
        }
        return JobSubmission.cluster(parts[0], Integer.parseInt(parts[1]));
    }

    /** The stack whose servers the job gets, if it is ours. */
    private Optional<RunningStack> ownStack() {
        if (target != null || jar != null) {
            return Optional.empty();
        }
        WorkDir workDir = stack.workDir();
        return Optional.of(new RunningStack(workDir, new ProcessStack(workDir).ports()));
    }

    /**
     * What the job's main method gets.
     *
     * @param defaults what holds where neither the file nor a setting says anything
     */
    private List<String> arguments(Map<String, String> defaults) {
        List<String> arguments = JobConfig.arguments(config, defaults, settings);
        arguments.addAll(further);
        return arguments;
    }
}
