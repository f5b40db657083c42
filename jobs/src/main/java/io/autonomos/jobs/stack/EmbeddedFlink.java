package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster inside this process, with its dashboard.
 *
 * <p>Jobs are given to it over REST, as to any cluster, but run on this process's class path.
 */
public final class EmbeddedFlink implements AutoCloseable {

    /** The dashboard's port, where it is free. */
    public static final int DEFAULT_PORT = 8081;

    private static final long CLOSE_SECONDS = 20;

    private final MiniCluster cluster;
    private final Configuration configuration;
    private final URI dashboard;

    private EmbeddedFlink(MiniCluster cluster, Configuration configuration, URI dashboard) {
        this.cluster = cluster;
        this.configuration = configuration;
        this.dashboard = dashboard;
    }

    /**
     * Starts a cluster of one TaskManager and returns when it takes jobs.
     *
     * @param workDir holds checkpoints and temporary files
     * @param ports of which it takes the dashboard's
     * @param slots how many parallel pipelines it can run
     */
    public static EmbeddedFlink start(WorkDir workDir, StackPorts ports, int slots) {
        Ports.require("the Flink dashboard", ports.dashboard());
        Configuration configuration = FlinkSettings.write(workDir, ports, slots);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .build());
        try {
            cluster.start();
            return new EmbeddedFlink(cluster, configuration, cluster.getRestAddress().get());
        } catch (Exception e) {
            cluster.closeAsync().exceptionally(ignored -> null);
            throw new StackException(
                    ErrorCode.SERVER_FAILED,
                    "Flink did not start on port " + ports.dashboard() + " (" + e + ").",
                    e);
        }
    }

    /** Where a browser finds the jobs. */
    public URI dashboard() {
        return dashboard;
    }

    /** The cluster, for what REST does not offer. */
    public MiniCluster cluster() {
        return cluster;
    }

    /** A new environment whose {@code execute} runs the job here. */
    public StreamExecutionEnvironment environment() {
        Configuration job = new Configuration(configuration);
        job.set(DeploymentOptions.TARGET, "remote");
        job.set(DeploymentOptions.ATTACHED, true);
        job.set(RestOptions.ADDRESS, dashboard.getHost());
        job.set(RestOptions.PORT, dashboard.getPort());
        return new StreamExecutionEnvironment(job);
    }

    @Override
    public void close() {
        try {
            cluster.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new StackException(ErrorCode.SERVER_FAILED, "Flink did not stop (" + e + ").", e);
        }
    }
}
