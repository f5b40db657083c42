package io.autonomos.jobs;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Declares the keys of the job as a whole. Read them through {@link JobSettings} only. */
public final class JobOptions {

    public static final ConfigOption<List<Store>> SINKS =
            ConfigOptions.key("sinks")
                    .enumType(Store.class)
                    .asList()
                    .defaultValues(Store.KAFKA, Store.POSTGRES, Store.DUCKDB)
                    .withDescription(
                            "Stores that canonical events go to: kafka, postgres, duckdb, joined by"
                                    + " semicolons. Dead letters and the ledger always go to Kafka.");

    public static final ConfigOption<Boolean> INPUT_KAFKA =
            ConfigOptions.key("input.kafka")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether input.topics are read; switch it off to read files or feeds only.");

    public static final ConfigOption<Boolean> PREPARE =
            ConfigOptions.key("stores.prepare")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether submitting the job makes missing topics and migrates PostgreSQL."
                                    + " Switch it off where others do that.");

    public static final ConfigOption<Integer> TOPIC_PARTITIONS =
            ConfigOptions.key("stores.topic-partitions")
                    .intType()
                    .defaultValue(4)
                    .withDescription(
                            "Partitions of topics that are made. The raw topic's bound the"
                                    + " parallelism of reading.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            ConfigOptions.key("checkpoint-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "How often the job commits what it read and wrote, where Flink's own"
                                    + " execution.checkpointing.interval is not set. Shorter shows"
                                    + " results sooner; longer costs less.");

    /** Where canonical events can go. */
    public enum Store {
        KAFKA,
        POSTGRES,
        DUCKDB
    }

    private JobOptions() {}
}
