package io.autonomos.operators.canonicalize;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * Declares the keys under {@code drift.*} and {@code park.*} that the translating stage follows.
 * Read them through the settings only.
 */
public final class HoldOptions {

    public static final ConfigOption<DriftPolicy> POLICY =
            ConfigOptions.key("drift.policy")
                    .enumType(DriftPolicy.class)
                    .defaultValue(DriftPolicy.PARK)
                    .withDescription(
                            "What becomes of a record that has lost mapped fields: it waits for"
                                    + " its mapping to be mended, passes with these fields empty,"
                                    + " or is a dead letter. A tenant's policy drift on the control"
                                    + " topic (park, pass, dead-letter) comes before it.");

    public static final ConfigOption<Integer> CONFIRM_RECORDS =
            ConfigOptions.key("drift.confirm-records")
                    .intType()
                    .defaultValue(3)
                    .withDescription(
                            "How many records must have lost a field before it is drift. Fewer are"
                                    + " odd records, and pass after drift.debounce.");

    public static final ConfigOption<Duration> DEBOUNCE =
            ConfigOptions.key("drift.debounce")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "How long an odd record waits for others like it. Where too few"
                                    + " records come to tell, three times as long.");

    public static final ConfigOption<Integer> SAMPLES_PER_SECOND =
            ConfigOptions.key("drift.samples-per-second")
                    .intType()
                    .defaultValue(30)
                    .withDescription(
                            "How many records each task shows to the detecting stage, besides those"
                                    + " that have lost something. Up to three minutes' worth are"
                                    + " saved for new streams and new shapes. More profiles, more"
                                    + " work.");

    public static final ConfigOption<Long> MAX_RECORDS =
            ConfigOptions.key("park.max-records")
                    .longType()
                    .defaultValue(100_000L)
                    .withDescription("How many records of one stream wait at most.");

    public static final ConfigOption<MemorySize> MAX_BYTES =
            ConfigOptions.key("park.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription("How many bytes of one stream's records wait at most.");

    public static final ConfigOption<Duration> MAX_AGE =
            ConfigOptions.key("park.max-age")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription("How long a record waits before it is a dead letter.");

    private HoldOptions() {}
}
