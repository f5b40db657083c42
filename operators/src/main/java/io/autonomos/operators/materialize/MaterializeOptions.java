package io.autonomos.operators.materialize;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Declares the keys under {@code materialize.*}. Read them through the settings only. */
public final class MaterializeOptions {

    public static final ConfigOption<Boolean> ENABLED =
            ConfigOptions.key("materialize.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether unified views are made. Switch it off to translate only.");

    public static final ConfigOption<Duration> REMEMBER_DELETED =
            ConfigOptions.key("materialize.remember-deleted")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "How long a deleted record is remembered. An older version that comes"
                                    + " later than that brings the record back.");

    public static final ConfigOption<Duration> FLUSH_INTERVAL =
            ConfigOptions.key("materialize.flush-interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription(
                            "How long changes of unified rows are gathered at most; each checkpoint"
                                    + " sends them as well. Longer costs less where the same rows"
                                    + " change often.");

    public static final ConfigOption<Integer> OPEN_RECORDS =
            ConfigOptions.key("materialize.open-records")
                    .intType()
                    .defaultValue(20_000)
                    .withDescription(
                            "Source records whose rows are gathered at most by one subtask, about 1"
                                    + " kB of heap each.");

    public static final ConfigOption<Integer> MAX_LINKS =
            ConfigOptions.key("materialize.max-links")
                    .intType()
                    .defaultValue(1_000)
                    .withDescription(
                            "Most source records that a unified row lists; how many more there are"
                                    + " stands in omitted_links. All of them are merged.");

    public static final ConfigOption<Duration> FORGET_AFTER =
            ConfigOptions.key("materialize.forget-after")
                    .durationType()
                    .defaultValue(Duration.ofDays(3650))
                    .withDescription(
                            "How long the account of a silent stream is kept. After that its counts"
                                    + " begin at 0 again.");

    private MaterializeOptions() {}
}
