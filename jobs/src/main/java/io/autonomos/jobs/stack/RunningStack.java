package io.autonomos.jobs.stack;

import io.autonomos.operators.source.SourceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** A stack that a work directory tells of. */
public record RunningStack(WorkDir workDir, StackPorts ports) {

    static final String JOB_FILE = "job.yaml";

    /**
     * The stack of {@code up} in a work directory, or that of {@code demo} below it: the first
     * whose broker's port is taken, or else the first that was ever started.
     */
    public static Optional<RunningStack> find(Path directory) {
        List<RunningStack> started = new ArrayList<>();
        for (Path each : List.of(directory, directory.resolve("demo"))) {
            if (Files.isDirectory(each)) {
                WorkDir found = WorkDir.create(each);
                Optional<StackPorts> ports = StackPorts.read(found);
                ports.ifPresent(where -> started.add(new RunningStack(found, where)));
            }
        }
        return started.stream()
                .filter(each -> !Ports.isFree(each.ports.kafka()))
                .findFirst()
                .or(() -> started.stream().findFirst());
    }

    /** What the stack says of a job's settings. */
    public Map<String, String> jobSettings() {
        return StackJobSettings.of(workDir, ports.bootstrapServers(), ports.jdbcUrl());
    }

    /** Keeps what the settings of the job that was submitted say beside the stack's own. */
    public void keep(Configuration job) {
        Map<String, String> said = new TreeMap<>(job.toMap());
        Map<String, String> own = jobSettings();
        String brokers = SourceOptions.BOOTSTRAP_SERVERS.key();
        if (own.get(brokers).equals(said.get(brokers))) {
            said.entrySet().removeAll(own.entrySet());
        }
        try {
            Files.writeString(
                    jobFile(), new Dump(DumpSettings.builder().build()).dumpToString(said));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + jobFile() + ".", e);
        }
    }

    /** The configuration file of the job that was submitted last, if one was. */
    public Optional<Path> submitted() {
        return Optional.of(jobFile()).filter(Files::exists);
    }

    private Path jobFile() {
        return workDir.root().resolve(JOB_FILE);
    }
}
