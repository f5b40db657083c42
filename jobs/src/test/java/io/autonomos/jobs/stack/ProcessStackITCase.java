package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.cli.AutonomosCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
import picocli.CommandLine;

/** The stack of `up`, driven by the command as a user would. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProcessStackITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path directory;
    private static Path workDir;
    private static Path jar;
    private static JsonNode stack;

    @BeforeAll
    static void startTheStackAndMakeAJobJar() throws Exception {
        workDir = directory.resolve("work dir");
        jar = jobJar();
        stack =
                JSON.readTree(
                        run(
                                0,
                                "up",
                                "--json",
                                "--kafka-port",
                                "0",
                                "--postgres-port",
                                "0",
                                "--dashboard-port",
                                "0"));
    }

    @AfterAll
    static void stopWhatAFailedTestLeft() {
        new ProcessStack(WorkDir.create(workDir)).down();
    }

    @Test
    @Order(1)
    void upStartsNothingTwice() throws Exception {
        JsonNode again = JSON.readTree(run(0, "up", "--json"));

        assertThat(again).isEqualTo(stack);
        assertThat(run(0, "up")).startsWith("The stack is running already.");
        assertThat(run(0, "status")).doesNotContain("not running");
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
        assertThat(taskManagerPid()).isEqualTo(stack.at("/pids/taskmanager").asLong());
    }

    @Test
    @Order(3)
    void aTaskManagerKilledInMidStreamLosesAndDoublesNothingInAnyStore() throws Exception {
        String id =
                JSON.readTree(run(0, "submit", "--json", "--parallelism", "2"))
                        .path("job_id")
                        .asText();
        try (TestingFeed feed = new TestingFeed(WorkDir.create(workDir))) {
            feed.send(0, 10_000);
            await("records in", () -> feed.in() >= 1_000);
            long killed = taskManagerPid();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            feed.send(10_000, 20_000);
            feed.send(0, 1_000);

            Map<String, Long> expected =
                    Map.of(
                            "in", 21_000L,
                            "residual", 0L,
                            "dead letters", 0L,
                            "kafka", 21_000L,
                            "postgres", 20_000L,
                            "postgres events", 20_000L,
                            "duckdb", 20_000L);
            await("all records in", () -> feed.in() >= 21_000);
            await("the stores", () -> feed.outcome().equals(expected));
            assertThat(taskManagerPid()).isNotEqualTo(killed);
            assertThat(get(id + "/checkpoints").at("/counts/restored").asInt()).isPositive();
        }
    }

    @Test
    @Order(4)
    void downLeavesNoProcessAndWipeOnlyTheFilesToRead() throws Exception {
        assertThat(run(0, "down")).contains("taskmanager, jobmanager, kafka, postgres");

        assertThat(run(2, "status")).contains("not running");
        String root = workDir.toString();
        assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains(root));
        run(0, "down", "--wipe");
        try (Stream<Path> left = Files.list(workDir)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("input", "pgsql", "run");
        }
    }

    private static String submit(Path output, int elements, int perSecond) throws IOException {
        String answer =
                run(
                        0,
                        "submit",
                        "--json",
                        "--jar",
                        jar.toString(),
                        "--",
                        output.toString(),
                        "" + elements,
                        "" + perSecond);
        return JSON.readTree(answer).path("job_id").asText();
    }

    private static long taskManagerPid() {
        return new ProcessStack(WorkDir.create(workDir)).pids().get("taskmanager");
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private static JsonNode get(String path) throws Exception {
        URI uri = URI.create(stack.at("/flink/dashboard").asText() + "/jobs/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static String run(int expected, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "--work-dir", workDir.toString()));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                AutonomosCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        assertThat(commandLine.execute(all.toArray(new String[0])))
                .as(() -> all + "\n" + err)
                .isEqualTo(expected);
        return out.toString();
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
