package io.autonomos.jobs;

import io.autonomos.operators.sink.postgres.PostgresMigrations;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's entry point: reads the configuration, prepares the stores, builds and submits. */
public final class AutonomosJob {

    /** What the dashboard calls the job. */
    public static final String NAME = "AutonomOS";

    private AutonomosJob() {}

    /** Runs with {@code [--config FILE] [-Dkey=value]...}; returns once the job is submitted. */
    public static void main(String[] arguments) throws Exception {
        Configuration config = JobConfig.fromArguments(arguments);
        submit(StreamExecutionEnvironment.getExecutionEnvironment(), config);
    }

    /** Builds the job in the environment and submits it. */
    public static JobClient submit(StreamExecutionEnvironment env, Configuration config)
            throws Exception {
        JobSettings settings = JobSettings.from(config);
        if (settings.prepare()) {
            prepare(settings);
        }
        env.configure(flinkSettings(env, config, settings));
        new Topology(settings).build(env);
        return env.executeAsync(NAME);
    }

    private static void prepare(JobSettings settings) {
        Topics.ensure(settings);
        if (settings.postgres() != null) {
            PostgresMigrations.migrate(settings.postgres());
        }
    }

    /** Flink's own keys of the configuration, and what the job cannot do without. */
    private static Configuration flinkSettings(
            StreamExecutionEnvironment env, Configuration config, JobSettings settings) {
        Configuration flink = JobOptionsCatalog.others(config);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        // A change of rules relies on barriers that overtake nothing.
        flink.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        boolean checkpoints =
                env.getConfiguration()
                                .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                                .isPresent()
                        || flink.contains(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        if (!checkpoints || config.contains(JobOptions.CHECKPOINT_INTERVAL)) {
            flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        }
        return flink;
    }
}
