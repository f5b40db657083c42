package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One server of the process stack, and the script that starts it again when it dies.
 *
 * <p>Both are found again by their PID files. A PID that meanwhile belongs to another process does
 * not carry the mark that is on the server's command line, and is left alone.
 */
final class ManagedProcess {

    private final WorkDir workDir;
    private final String name;
    private final String mark;
    private final Path output;

    /** A server that is a Java process. */
    ManagedProcess(WorkDir workDir, String name) {
        this(
                workDir,
                name,
                "-Dautonomos.process=" + name + "@" + workDir.root(),
                workDir.logs().resolve(name + ".out"));
    }

    /**
     * @param mark what its command line, and no other process's, contains
     * @param output where goes what it prints
     */
    ManagedProcess(WorkDir workDir, String name, String mark, Path output) {
        this.workDir = workDir;
        this.name = name;
        this.mark = mark;
        this.output = output;
    }

    /** The server's name, also of its log files. */
    String name() {
        return name;
    }

    /** Whether the server is there, or will be started again. */
    boolean isRunning() {
        return process().isPresent() || supervisor().isPresent();
    }

    /** The server's PID, if it is there. */
    Optional<Long> pid() {
        return process().map(ProcessHandle::pid);
    }

    /** Where the server logs. */
    Path log() {
        return workDir.logs().resolve(name + ".log");
    }

    /** What the server and its JVM print; also the end of a server that cannot start. */
    Path output() {
        return output;
    }

    /** Starts a Java server under its supervisor, which outlives this process. */
    void start(
            List<String> jvmArguments, String classPath, String mainClass, List<String> arguments) {
        List<String> server = new ArrayList<>();
        server.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        server.add(mark);
        server.add("-Dlog.file=" + log());
        server.addAll(jvmArguments);
        server.add("-cp");
        server.add(classPath);
        server.add(mainClass);
        server.addAll(arguments);
        start(server, "TERM");
    }

    /**
     * Starts the server under its supervisor, which outlives this process.
     *
     * @param server its command line
     * @param signal what asks it to end, such as {@code TERM}
     */
    void start(List<String> server, String signal) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "bash",
                                script().toString(),
                                name,
                                workDir.run().toString(),
                                output().toString(),
                                signal));
        command.addAll(server);
        try {
            Files.deleteIfExists(pidFile("pid"));
            Files.deleteIfExists(pidFile("supervisor.pid"));
            new ProcessBuilder(command)
                    .directory(workDir.root().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                    .start();
        } catch (IOException e) {
            throw new StackException(
                    ErrorCode.SERVER_FAILED, "Cannot start " + name + " (" + e + ").", e);
        }
    }

    /** Asks the server to end, and ends it when it has not done so in time. */
    boolean stop(Duration grace) {
        List<ProcessHandle> running =
                Stream.of(supervisor(), process()).flatMap(Optional::stream).toList();
        // The supervisor first, and alone while it lives: it passes the signal on.
        running.stream().findFirst().ifPresent(ProcessHandle::destroy);
        if (!ended(running, grace)) {
            running.forEach(ProcessHandle::destroyForcibly);
            ended(running, grace);
        }
        try {
            Files.deleteIfExists(pidFile("pid"));
            Files.deleteIfExists(pidFile("supervisor.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the PID files of " + name, e);
        }
        return !running.isEmpty();
    }

    private static boolean ended(List<ProcessHandle> running, Duration grace) {
        try {
            CompletableFuture.allOf(
                            running.stream()
                                    .map(ProcessHandle::onExit)
                                    .toArray(CompletableFuture<?>[]::new))
                    .get(grace.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<ProcessHandle> process() {
        return find("pid", mark);
    }

    private Optional<ProcessHandle> supervisor() {
        return find("supervisor.pid", workDir.run().toString());
    }

    private Optional<ProcessHandle> find(String suffix, String mark) {
        try {
            String text = Files.readString(pidFile(suffix)).strip();
            return ProcessHandle.of(Long.parseLong(text))
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> commandLine(handle).map(c -> c.contains(mark)).orElse(true));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Empty where the operating system does not tell. */
    private static Optional<String> commandLine(ProcessHandle handle) {
        Path file = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
        try {
            return Optional.of(Files.readString(file).replace('\0', ' '));
        } catch (IOException e) {
            return handle.info().commandLine();
        }
    }

    private Path pidFile(String suffix) {
        return workDir.run().resolve(name + "." + suffix);
    }

    private Path script() {
        Path script = workDir.run().resolve("supervise.sh");
        try (InputStream in = ManagedProcess.class.getResourceAsStream("supervise.sh")) {
            // Other servers' bashes open and read it just now: replace it in one step.
            Path fresh = Files.createTempFile(workDir.run(), "supervise", ".sh");
            Files.write(fresh, Objects.requireNonNull(in).readAllBytes());
            Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + script, e);
        }
        return script;
    }
}
