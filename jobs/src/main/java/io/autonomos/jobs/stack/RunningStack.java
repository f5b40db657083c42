package io.autonomos.jobs.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stack that a work directory tells of. */
public record RunningStack(WorkDir workDir, StackPorts ports) {

    /** The stack of {@code up} in a work directory, or else that of {@code demo} below it. */
    public static Optional<RunningStack> find(Path directory) {
        for (Path each : List.of(directory, directory.resolve("demo"))) {
            if (Files.isDirectory(each)) {
                WorkDir found = WorkDir.create(each);
                Optional<StackPorts> ports = StackPorts.read(found);
                if (ports.isPresent()) {
                    return Optional.of(new RunningStack(found, ports.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** What the stack says of a job's settings. */
    public Map<String, String> jobSettings() {
        return StackJobSettings.of(workDir, ports.bootstrapServers(), ports.jdbcUrl());
    }
}
