package io.autonomos.operators.sink.duckdb;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The keys under {@code duckdb.*}. Read them through {@link DuckDbSettings} only. */
public final class DuckDbOptions {

    public static final ConfigOption<String> DIRECTORY =
            ConfigOptions.key("duckdb.directory")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder of the tenants' files, one DuckDB file each; made when missing."
                                    + " Every TaskManager must see the same folder.");

    public static final ConfigOption<Duration> COMMIT_INTERVAL =
            ConfigOptions.key("duckdb.commit-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "The shortest time between two rounds of commits; the checkpoint that"
                                    + " follows begins the round, or the same time again without one."
                                    + " Lower shows rows sooner; higher spends less on small commits.");

    public static final ConfigOption<Integer> BUFFER_EVENTS =
            ConfigOptions.key("duckdb.buffer-events")
                    .intType()
                    .defaultValue(50_000)
                    .withDescription(
                            "How many events of all tenants a subtask holds before it waits for"
                                    + " commits. Higher makes fewer, larger commits and larger"
                                    + " checkpoints.");

    public static final ConfigOption<MemorySize> BUFFER_SIZE =
            ConfigOptions.key("duckdb.buffer-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "How many bytes of events a subtask holds before it waits for commits."
                                    + " Higher needs more heap and makes larger checkpoints.");

    public static final ConfigOption<Duration> LOCK_WAIT =
            ConfigOptions.key("duckdb.lock-wait")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long a commit is tried again while a reader or another job holds"
                                    + " the tenant's file, or the disk fails, before the job"
                                    + " fails. Other tenants' commits go on meanwhile.");

    public static final ConfigOption<Duration> RETRY_DELAY =
            ConfigOptions.key("duckdb.retry-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(100))
                    .withDescription(
                            "The pause before a file that was held is tried again; it doubles with"
                                    + " each try, up to 10 seconds.");

    public static final ConfigOption<MemorySize> MEMORY =
            ConfigOptions.key("duckdb.memory")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "What DuckDB may use in each subtask, outside the heap. Lower makes"
                                    + " large commits spill to disk.");

    private DuckDbOptions() {}
}
