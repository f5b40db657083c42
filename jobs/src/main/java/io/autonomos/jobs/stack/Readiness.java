package io.autonomos.jobs.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;

/** Waits until servers that were just started answer. */
final class Readiness {

    private static final long PAUSE_MS = 100;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long deadline;

    Readiness(Duration timeout) {
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /** Returns when the server answers; fails when it has died for good or time is up. */
    void await(ManagedProcess server, BooleanSupplier answers) {
        long earliestDeath = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!answers.getAsBoolean()) {
            boolean gone = System.nanoTime() > earliestDeath && !server.isRunning();
            if (gone || System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new StackException(
                        ErrorCode.SERVER_FAILED,
                        "The server "
                                + server.name()
                                + (gone ? " died" : " does not answer")
                                + "; see "
                                + server.log()
                                + " and "
                                + server.output()
                                + ".");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
        }
    }

    static boolean kafkaAnswers(String bootstrapServers) {
        String[] hostAndPort = bootstrapServers.split(":");
        if (Ports.isFree(Integer.parseInt(hostAndPort[1]))) {
            return false;
        }
        try (Admin admin =
                Admin.create(
                        Map.of(
                                "bootstrap.servers", bootstrapServers,
                                "default.api.timeout.ms", "5000",
                                "request.timeout.ms", "5000"))) {
            return !admin.describeCluster().nodes().get(6, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean flinkAnswers(String dashboard) {
        return overview(dashboard, "slots-total") >= 0;
    }

    static boolean hasTaskManager(String dashboard) {
        return overview(dashboard, "taskmanagers") > 0;
    }

    private static int overview(String dashboard, String field) {
        try {
            HttpResponse<String> response =
                    HTTP.send(
                            HttpRequest.newBuilder(URI.create(dashboard + "/overview"))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? JSON.readTree(response.body()).path(field).asInt(-1)
                    : -1;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
