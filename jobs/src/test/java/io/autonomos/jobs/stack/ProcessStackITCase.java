package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The stack of `up`, driven by the command as a user would. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProcessStackITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_BROKER = "could not be established";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private static Path directory;
    private static TestingStack stack;

    @BeforeAll
    static void startTheStack() throws Exception {
        stack = TestingStack.start(directory.resolve("work dir"));
    }

    @AfterAll
    static void stopWhatAFailedTestLeft() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void upStartsNothingTwice() throws Exception {
        JsonNode again = JSON.readTree(stack.run("up", "--json"));

        assertThat(again).isEqualTo(stack.servers());
        assertThat(stack.run("up")).startsWith("The stack is running already.");
        assertThat(stack.run("status")).doesNotContain("not running");
    }

    @Test
    @Order(2)
    void aJobWithNativesRunsTwiceOnOneTaskManager() throws Exception {
        for (String name : List.of("first", "second")) {
            Path output = Files.createDirectory(directory.resolve(name));

            String id = submit(output, 1000, 1000);
            await("the job", () -> get(id).path("state").asText().equals("FINISHED"));

            assertThat(output.resolve("complete")).exists();
            assertThat(output.resolve("violated")).doesNotExist();
        }
        assertThat(taskManagerPid()).isEqualTo(stack.servers().at("/pids/taskmanager").asLong());
    }

    @Test
    @Order(3)
    void aStoppedStackKeepsItsDataAndItsJobGoesOnFromTheLastCheckpoint() throws Exception {
        stack.run("submit", "--parallelism", "2");
        try (TestingFeed feed = new TestingFeed(stack.workDir())) {
            feed.send(0, 2_000);
            await("records in", () -> feed.in() >= 1_000);
        }
        stack.run("down");
        stack.up();

        assertThat(stack.run("submit", "--parallelism", "2", "--resume")).contains(" from file:");

        try (TestingFeed feed = new TestingFeed(stack.workDir())) {
            feed.send(2_000, 4_000);
            feed.send(0, 500);
            Map<String, Long> expected =
                    Map.of(
                            "in", 4_500L,
                            "residual", 0L,
                            "dead letters", 0L,
                            "kafka", 4_500L,
                            "postgres", 4_000L,
                            "postgres events", 4_000L,
                            "duckdb", 4_000L);
            await("all records in", () -> feed.in() >= 4_500);
            await("the stores", () -> feed.outcome().equals(expected));

            stack.run(1, "submit");
            assertThat(stack.run("submit", "--parallelism", "2", "--replace"))
                    .contains(" from file:");
            assertThat(stack.run("status")).containsOnlyOnce("job AutonomOS");
            await("the stores as they were", () -> feed.outcome().equals(expected));
        }
    }

    @Test
    @Order(4)
    void brokersThatAreDownInMidStreamAreWaitedForAndNothingIsLostOrDoubled() throws Exception {
        try (TestingFeed feed = new TestingFeed(stack.workDir())) {
            feed.send(4_000, 8_000);
            stack.stop("kafka");
            await("the job to miss the brokers", () -> taskManagerLog().contains(NO_BROKER));
            stack.up();
            feed.send(8_000, 10_000);
            Map<String, Long> expected =
                    Map.of(
                            "in", 10_500L,
                            "residual", 0L,
                            "dead letters", 0L,
                            "kafka", 10_500L,
                            "postgres", 10_000L,
                            "postgres events", 10_000L,
                            "duckdb", 10_000L);

            await("all records in", () -> feed.in() >= 10_500);
            await("the stores", () -> feed.outcome().equals(expected));
        }
    }

    private static String taskManagerLog() throws IOException {
        return Files.readString(stack.workDir().logs().resolve("taskmanager.log"));
    }

    @Test
    @Order(5)
    void downLeavesNoProcessAndWipeOnlyTheFilesToRead() throws Exception {
        assertThat(stack.run("down")).contains("taskmanager, jobmanager, kafka, postgres");

        assertThat(stack.run(2, "status")).contains("not running");
        String root = stack.workDir().root().toString();
        assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains(root));
        stack.run("down", "--wipe");
        try (Stream<Path> left = Files.list(stack.workDir().root())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("input", "pgsql", "run");
        }
    }

    private static String submit(Path output, int elements, int perSecond) throws IOException {
        String answer =
                stack.run(
                        "submit",
                        "--json",
                        "--jar",
                        jobJar().toString(),
                        "--",
                        output.toString(),
                        "" + elements,
                        "" + perSecond);
        return JSON.readTree(answer).path("job_id").asText();
    }

    private static long taskManagerPid() {
        return new ProcessStack(stack.workDir()).pids().get("taskmanager");
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private static JsonNode get(String path) throws Exception {
        URI uri = URI.create(stack.servers().at("/flink/dashboard").asText() + "/jobs/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static Path jobJar() throws IOException {
        Path path = directory.resolve("natives.jar");
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, NativesJob.class.getName());
        try (OutputStream file = Files.newOutputStream(path);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String type : List.of("NativesJob", "NativesJob$Check", "CountPerKey")) {
                String entry = "io/autonomos/jobs/stack/" + type + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream in =
                        NativesJob.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
            }
        }
        return path;
    }
}
