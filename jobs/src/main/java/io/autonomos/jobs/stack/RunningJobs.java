package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.rest.messages.ClusterOverviewHeaders;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;

/** The jobs that a Flink cluster has not ended, over REST. */
public final class RunningJobs implements AutoCloseable {

    private static final long ANSWER_SECONDS = 20;

    /** A savepoint holds all state, and waits for a checkpoint that runs. */
    private static final long STOP_SECONDS = 300;

    private final RestClusterClient<StandaloneClusterId> client;
    private final String address;

    /**
     * @param cluster as {@link JobSubmission} takes it
     */
    public RunningJobs(Configuration cluster) {
        Configuration configuration = new Configuration(cluster);
        configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 3);
        address = cluster.get(RestOptions.ADDRESS) + ":" + cluster.get(RestOptions.PORT);
        try {
            client = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
        } catch (Exception e) {
            throw refused("cannot be asked for its jobs", e);
        }
    }

    /** All that are not at their end, by name. */
    public List<JobStatusMessage> list() {
        return answer(client.listJobs(), ANSWER_SECONDS, "cannot be asked for its jobs").stream()
                .filter(job -> !job.getJobState().isGloballyTerminalState())
                .sorted(Comparator.comparing(JobStatusMessage::getJobName))
                .toList();
    }

    /** One of this name. */
    public Optional<JobID> named(String name) {
        return list().stream()
                .filter(job -> job.getJobName().equals(name))
                .map(JobStatusMessage::getJobId)
                .findFirst();
    }

    /** How many task slots the cluster has now. */
    public int slots() {
        return answer(
                        client.sendRequest(
                                ClusterOverviewHeaders.getInstance(),
                                EmptyMessageParameters.getInstance(),
                                EmptyRequestBody.getInstance()),
                        ANSWER_SECONDS,
                        "cannot be asked for its slots")
                .getNumSlotsTotal();
    }

    /** Stops a job and returns the savepoint that another can start from. */
    public String stop(JobID job) {
        return answer(
                client.stopWithSavepoint(job, false, null, SavepointFormatType.CANONICAL),
                STOP_SECONDS,
                "cannot stop job " + job + " with a savepoint");
    }

    private <T> T answer(CompletableFuture<T> asked, long seconds, String what) {
        try {
            return asked.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(what, e);
        } catch (ExecutionException | TimeoutException e) {
            throw refused(what, e);
        }
    }

    private StackException refused(String what, Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root.getMessage() == null ? root.toString() : root.getMessage();
        return new StackException(
                ErrorCode.JOB_REFUSED,
                "Flink at %s %s (%s).".formatted(address, what, why.lines().findFirst().orElse("")),
                e);
    }

    @Override
    public void close() {
        client.close();
    }
}
