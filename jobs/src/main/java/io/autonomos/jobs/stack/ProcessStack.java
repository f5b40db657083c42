package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * Kafka, PostgreSQL, a Flink JobManager and a TaskManager as processes of this machine.
 *
 * <p>They outlive the command that starts them. Each has a supervisor that starts it again when it
 * dies.
 */
public final class ProcessStack {

    private static final Duration GRACE = Duration.ofSeconds(15);

    /** How long PostgreSQL may take to write what it holds in memory. */
    private static final Duration FLUSH = Duration.ofSeconds(60);

    private static final Duration START = Duration.ofSeconds(90);
    private static final String ENTRY = "org.apache.flink.runtime.";

    private final WorkDir workDir;
    private final ManagedProcess kafka;
    private final ManagedProcess jobManager;
    private final ManagedProcess taskManager;
    private final ManagedProcess postgres;

    /** The stack of the work directory, running or not. */
    public ProcessStack(WorkDir workDir) {
        this.workDir = workDir;
        this.kafka = new ManagedProcess(workDir, "kafka");
        this.jobManager = new ManagedProcess(workDir, "jobmanager");
        this.taskManager = new ManagedProcess(workDir, "taskmanager");
        this.postgres = EmbeddedPostgres.server(workDir);
    }

    /**
     * Starts what is not running and waits until each server answers.
     *
     * @param asked ports for a stack that does not run at all; a running one keeps its own
     * @param slots of the TaskManager
     * @param notices takes one sentence per port that had to be another
     * @return whether anything had to be started
     */
    public boolean up(StackPorts.Asked asked, int slots, Consumer<String> notices) {
        return StackLock.holding(workDir, () -> startMissing(asked, slots, notices));
    }

    /** Stops everything, the readers and writers before the servers they use. */
    public List<String> down() {
        return StackLock.holding(workDir, this::stopAll);
    }

    /**
     * Removes all data, logs and passwords of a stack that is down; the files in {@code input}
     * stay.
     */
    public void wipe() {
        for (String name :
                List.of(
                        "kafka",
                        "postgres",
                        "flink",
                        "duckdb",
                        "logs",
                        "secrets",
                        RunningStack.JOB_FILE)) {
            workDir.wipe(name);
        }
    }

    /** Whether any of the stack's processes is there. */
    public boolean isRunning() {
        return hasServers() || EmbeddedPostgres.isRunning(workDir);
    }

    /** As {@link #isRunning()}, but for PostgreSQL, which a killed demo may have left behind. */
    boolean hasServers() {
        return servers().stream().anyMatch(ManagedProcess::isRunning);
    }

    /** The ports of the stack that was last started here. */
    public StackPorts ports() {
        return StackPorts.read(workDir)
                .orElseThrow(
                        () ->
                                new StackException(
                                        ErrorCode.STACK_ABSENT,
                                        "No stack was started in "
                                                + workDir.root()
                                                + "; `autonomos up` does."));
    }

    /** PID per server; 0 for one that is not running. */
    public Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        servers().forEach(server -> pids.put(server.name(), server.pid().orElse(0L)));
        return pids;
    }

    private boolean startMissing(StackPorts.Asked asked, int slots, Consumer<String> notices) {
        StackPorts ports = ports(asked, notices);
        ports.write(workDir);
        List<ManagedProcess> missing =
                servers().stream().filter(server -> !server.isRunning()).toList();
        startAll(ports, slots, missing);
        return !missing.isEmpty();
    }

    private List<String> stopAll() {
        List<String> stopped = new ArrayList<>();
        for (ManagedProcess server : List.of(taskManager, jobManager, kafka)) {
            if (server.stop(GRACE)) {
                stopped.add(server.name());
            }
        }
        boolean ran = postgres.stop(FLUSH);
        boolean leftBehind = EmbeddedPostgres.stop(workDir); // by a demo that was killed
        if (ran || leftBehind) {
            stopped.add(postgres.name());
        }
        return stopped;
    }

    private List<ManagedProcess> servers() {
        return List.of(kafka, jobManager, taskManager, postgres);
    }

    private StackPorts ports(StackPorts.Asked asked, Consumer<String> notices) {
        if (hasServers()) {
            return ports();
        }
        EmbeddedPostgres.stop(workDir);
        StackPorts ports = StackPorts.choose(asked);
        ports.notices(asked).forEach(notices);
        return ports;
    }

    private void startAll(StackPorts ports, int slots, List<ManagedProcess> missing) {
        Distribution distribution = Distribution.find();
        Readiness readiness = new Readiness(START);
        CompletableFuture<Void> database =
                CompletableFuture.runAsync(
                        () -> {
                            if (missing.contains(postgres)) {
                                EmbeddedPostgres.start(
                                        postgres, workDir, ports.postgres(), readiness);
                            }
                        });
        if (missing.contains(jobManager) && missing.contains(taskManager)) {
            workDir.wipe("flink/tmp"); // what killed processes left there
        }
        Configuration flink = FlinkSettings.write(workDir, ports, slots);
        if (missing.contains(jobManager)) {
            startJobManager(distribution);
        }
        if (missing.contains(taskManager)) {
            startTaskManager(distribution, flink);
        }
        if (missing.contains(kafka)) {
            startKafka(distribution, ports);
        }
        try {
            database.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackException known ? known : e;
        }
        readiness.await(kafka, () -> Readiness.kafkaAnswers(ports.bootstrapServers()));
        readiness.await(jobManager, () -> Readiness.flinkAnswers(ports.dashboardUrl()));
        readiness.await(taskManager, () -> Readiness.hasTaskManager(ports.dashboardUrl()));
    }

    private void startKafka(Distribution distribution, StackPorts ports) {
        kafka.start(
                List.of("-Xms128m", "-Xmx384m", "-XX:+UseSerialGC", logging()),
                distribution.commandClassPath(),
                BrokerMain.class.getName(),
                List.of(workDir.directory("kafka").toString(), Integer.toString(ports.kafka())));
    }

    private void startJobManager(Distribution distribution) {
        List<String> jvm = new ArrayList<>(JvmOptions.OPENS);
        jvm.addAll(
                List.of("-Xms256m", "-Xmx512m", "-XX:MaxMetaspaceSize=192m", "-XX:+UseSerialGC"));
        jvm.addAll(List.of(logging(), temporary()));
        jobManager.start(
                jvm,
                distribution.flinkClassPath(),
                ENTRY + "entrypoint.StandaloneSessionClusterEntrypoint",
                List.of(
                        "--configDir",
                        FlinkSettings.directory(workDir).toString(),
                        "--executionMode",
                        "cluster"));
    }

    private void startTaskManager(Distribution distribution, Configuration flink) {
        TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(flink);
        List<String> jvm = JvmOptions.taskManager();
        jvm.addAll(List.of(ProcessMemoryUtils.generateJvmParametersStr(spec).split(" ")));
        jvm.addAll(List.of(logging(), temporary()));
        List<String> arguments = new ArrayList<>();
        arguments.add("--configDir");
        arguments.add(FlinkSettings.directory(workDir).toString());
        arguments.addAll(
                List.of(
                        TaskExecutorProcessUtils.generateDynamicConfigsStr(spec)
                                .strip()
                                .split(" ")));
        taskManager.start(
                jvm,
                distribution.flinkClassPath(),
                ENTRY + "taskexecutor.TaskManagerRunner",
                arguments);
    }

    /** Natives are unpacked below the work directory, where they go with it after a kill. */
    private String temporary() {
        return "-Djava.io.tmpdir=" + workDir.directory("flink", "tmp");
    }

    private String logging() {
        return "-Dlog4j2.configurationFile="
                + FlinkSettings.directory(workDir).resolve("log4j2.xml").toUri();
    }
}
