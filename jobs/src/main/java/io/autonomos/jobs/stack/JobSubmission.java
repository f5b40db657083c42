package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.cli.ClientOptions;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.configuration.ConfigUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/**
 * Gives a job jar to a Flink cluster over REST, detached.
 *
 * <p>The jar's main method runs in this process, so that files the job is configured with need to
 * be here only; what it builds is sent off with the jar.
 *
 * @param jar the job jar
 * @param cluster where it goes: {@link #stack} or {@link #cluster(String, int)}
 * @param parallelism null for the cluster's own
 * @param from a savepoint or retained checkpoint to start from, or null
 */
public record JobSubmission(Path jar, Configuration cluster, Integer parallelism, String from) {

    /** Submits the job and returns its id. */
    public JobID submit(List<String> arguments) {
        Configuration configuration = configuration();
        try (PackagedProgram program = program(configuration, arguments)) {
            ConfigUtils.encodeCollectionToConfig(
                    configuration,
                    PipelineOptions.JARS,
                    program.getJobJarAndDependencies(),
                    URL::toString);
            Pipeline pipeline =
                    PackagedProgramUtils.getPipelineFromProgram(
                            program,
                            configuration,
                            configuration.get(CoreOptions.DEFAULT_PARALLELISM),
                            false);
            JobClient client =
                    new DefaultExecutorServiceLoader()
                            .getExecutorFactory(configuration)
                            .getExecutor(configuration)
                            .execute(pipeline, configuration, program.getUserCodeClassLoader())
                            .get();
            return client.getJobID();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        } catch (ProgramInvocationException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** The stack of the work directory, with all its settings. */
    public static Configuration stack(WorkDir workDir) {
        return GlobalConfiguration.loadConfiguration(FlinkSettings.directory(workDir).toString());
    }

    /** Another cluster, of whose settings only those are replaced that the job relies on. */
    public static Configuration cluster(String host, int port) {
        Configuration c = FlinkSettings.portable();
        c.set(RestOptions.ADDRESS, host);
        c.set(RestOptions.PORT, port);
        return c;
    }

    /** The job's page in the dashboard. */
    public String page(JobID id) {
        return "http://" + address() + "/#/job/running/" + id + "/overview";
    }

    /** The newest checkpoint that a job of this work directory has left. */
    public static Optional<String> latestCheckpoint(WorkDir workDir) {
        Path root = FlinkSettings.checkpoints(workDir);
        try (Stream<Path> found = Files.find(root, 3, (path, a) -> path.endsWith("_metadata"))) {
            return found.max(Comparator.comparingLong(path -> path.toFile().lastModified()))
                    .map(metadata -> FlinkSettings.fileUri(metadata.getParent()));
        } catch (IOException e) {
            throw new StackException(
                    ErrorCode.CONFIG_INVALID, "Cannot look for checkpoints in " + root + ".", e);
        }
    }

    private Configuration configuration() {
        Configuration c = new Configuration(cluster);
        c.set(DeploymentOptions.TARGET, "remote");
        c.set(DeploymentOptions.ATTACHED, false);
        c.set(RestOptions.RETRY_MAX_ATTEMPTS, 3);
        c.set(ClientOptions.CLIENT_TIMEOUT, Duration.ofSeconds(60));
        c.set(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL, List.of("org.duckdb"));
        // This process has the connectors too; one copy of each class must build the graph.
        c.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
        if (parallelism != null) {
            c.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        }
        if (from != null) {
            c.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
        }
        return c;
    }

    private PackagedProgram program(Configuration configuration, List<String> arguments)
            throws ProgramInvocationException {
        return PackagedProgram.newBuilder()
                .setJarFile(jar.toFile())
                .setConfiguration(configuration)
                .setSavepointRestoreSettings(
                        from == null
                                ? SavepointRestoreSettings.none()
                                : SavepointRestoreSettings.forPath(from, false))
                .setArguments(arguments.toArray(new String[0]))
                .build();
    }

    private StackException failed(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && !isOurs(root)) {
            root = root.getCause();
        }
        if (isOurs(root) && root instanceof RuntimeException known) {
            throw known; // what the job itself says of its settings and stores
        }
        return new StackException(
                ErrorCode.JOB_REFUSED,
                "The job was not accepted by Flink at " + address() + " (" + root + ").",
                cause);
    }

    private String address() {
        return cluster.get(RestOptions.ADDRESS) + ":" + cluster.get(RestOptions.PORT);
    }

    private static boolean isOurs(Throwable cause) {
        return cause.getMessage() != null && cause.getMessage().startsWith("AOS-");
    }
}
