package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.ErrorCode;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/** How the DuckDB sink works, checked. The options' descriptions say what each part does. */
public record DuckDbSettings(
        String directory,
        Duration commitInterval,
        int bufferEvents,
        long bufferBytes,
        Duration lockWait,
        Duration retryDelay,
        long memoryBytes)
        implements Serializable {

    private static final long MIN_MEMORY = MemorySize.ofMebiBytes(64).getBytes();

    /** Reads and checks the keys of {@link DuckDbOptions}. */
    public static DuckDbSettings from(ReadableConfig config) {
        return new DuckDbSettings(
                config.getOptional(DuckDbOptions.DIRECTORY).orElse(""),
                config.get(DuckDbOptions.COMMIT_INTERVAL),
                config.get(DuckDbOptions.BUFFER_EVENTS),
                config.get(DuckDbOptions.BUFFER_SIZE).getBytes(),
                config.get(DuckDbOptions.LOCK_WAIT),
                config.get(DuckDbOptions.RETRY_DELAY),
                config.get(DuckDbOptions.MEMORY).getBytes());
    }

    public DuckDbSettings {
        directory = checkedDirectory(directory);
        checkPositive(DuckDbOptions.COMMIT_INTERVAL, commitInterval);
        checkPositive(DuckDbOptions.LOCK_WAIT, lockWait);
        checkPositive(DuckDbOptions.RETRY_DELAY, retryDelay);
        if (bufferEvents < 1) {
            throw invalid(DuckDbOptions.BUFFER_EVENTS, "must be positive, but was " + bufferEvents);
        }
        if (bufferBytes < 1) {
            throw invalid(DuckDbOptions.BUFFER_SIZE, "must be positive, but was " + bufferBytes);
        }
        if (memoryBytes < MIN_MEMORY) {
            throw invalid(
                    DuckDbOptions.MEMORY, "must be at least 64 mb, but was " + memoryBytes + " b");
        }
    }

    private static String checkedDirectory(String directory) {
        if (directory.isBlank()) {
            throw invalid(DuckDbOptions.DIRECTORY, "is needed");
        }
        try {
            return Path.of(directory).toString();
        } catch (InvalidPathException e) {
            throw invalid(DuckDbOptions.DIRECTORY, "must be a path, but is not: " + e.getReason());
        }
    }

    private static void checkPositive(ConfigOption<?> option, Duration value) {
        if (value.toMillis() < 1) {
            throw invalid(option, "must be at least 1 ms, but was " + value);
        }
    }

    private static IllegalArgumentException invalid(ConfigOption<?> option, String problem) {
        return new IllegalArgumentException(
                "%s: %s %s.".formatted(ErrorCode.CONFIG_INVALID.code(), option.key(), problem));
    }
}
