package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.cli.AutonomosCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** A stack of processes for tests, driven by the command as a user would. */
final class TestingStack implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private JsonNode servers;

    private TestingStack(Path directory) {
        this.directory = directory;
    }

    /** Starts all servers on free ports. */
    static TestingStack start(Path directory) throws IOException {
        TestingStack stack = new TestingStack(directory);
        try {
            stack.up();
            return stack;
        } catch (IOException | AssertionError e) {
            stack.close();
            throw e;
        }
    }

    /** Starts what is not running, on free ports. */
    void up() throws IOException {
        servers =
                JSON.readTree(
                        run(
                                "up",
                                "--json",
                                "--kafka-port",
                                "0",
                                "--postgres-port",
                                "0",
                                "--dashboard-port",
                                "0"));
    }

    /** Runs a command on this stack, which must succeed; returns what it printed. */
    String run(String command, String... arguments) {
        return run(0, command, arguments);
    }

    /** Runs a command on this stack, which must end with the exit code; returns what it printed. */
    String run(int exitCode, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command.split(" ")));
        all.addAll(List.of("--work-dir", directory.toString()));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                AutonomosCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        assertThat(commandLine.execute(all.toArray(new String[0])))
                .as(() -> all + "\n" + err)
                .isEqualTo(exitCode);
        return out.toString();
    }

    WorkDir workDir() {
        return WorkDir.create(directory);
    }

    /** What {@code up --json} printed. */
    JsonNode servers() {
        return servers;
    }

    String bootstrapServers() {
        return servers.at("/kafka/bootstrap_servers").asText();
    }

    String jdbcUrl() {
        return servers.at("/postgres/jdbc_url").asText();
    }

    /** Ends a server with SIGKILL, as a crash would, and waits until it is gone. */
    void kill(String server) {
        long pid = new ProcessStack(workDir()).pids().get(server);
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    /** Stops a server for good, its supervisor too, until {@link #up()}. */
    void stop(String server) {
        assertThat(new ManagedProcess(workDir(), server).stop(Duration.ofSeconds(15))).isTrue();
    }

    @Override
    public void close() {
        new ProcessStack(workDir()).down();
    }
}
