package io.autonomos.jobs.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stack that a work directory tells of. */
public record RunningStack(WorkDir workDir, StackPorts ports) {

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
}
