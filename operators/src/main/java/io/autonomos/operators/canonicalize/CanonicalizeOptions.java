package io.autonomos.operators.canonicalize;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Declares the keys under {@code canonicalize.*}. Read them through the settings only. */
public final class CanonicalizeOptions {

    public static final ConfigOption<Integer> MAX_DEPTH =
            ConfigOptions.key("canonicalize.max-depth")
                    .intType()
                    .defaultValue(128)
                    .withDescription(
                            "Deepest nesting of a record. Higher accepts odder records and needs more"
                                    + " stack; deeper records become dead letters.");

    public static final ConfigOption<Integer> MAX_FIELDS =
            ConfigOptions.key("canonicalize.max-fields")
                    .intType()
                    .defaultValue(50_000)
                    .withDescription(
                            "Most object members in one record, nested ones included. Records with"
                                    + " more become dead letters.");

    public static final ConfigOption<Integer> MAX_PATHS =
            ConfigOptions.key("canonicalize.max-paths")
                    .intType()
                    .defaultValue(8_192)
                    .withDescription(
                            "Distinct paths remembered for one mapping and subtask, about 300 bytes"
                                    + " each. Paths beyond it are read more slowly.");

    public static final ConfigOption<Duration> FORGET_AFTER =
            ConfigOptions.key("canonicalize.forget-after")
                    .durationType()
                    .defaultValue(Duration.ofDays(3650))
                    .withDescription(
                            "How long the account of a silent stream is kept. After that its counts"
                                    + " begin at 0 again.");

    private CanonicalizeOptions() {}
}
