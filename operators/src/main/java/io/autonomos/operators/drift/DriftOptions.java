package io.autonomos.operators.drift;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Declares the keys under {@code drift.*}. Read them through the settings only. */
public final class DriftOptions {

    public static final ConfigOption<Duration> COLLECT_TIME =
            ConfigOptions.key("drift.collect-time")
                    .durationType()
                    .defaultValue(Duration.ofMillis(300))
                    .withDescription(
                            "How long records that drifted are collected before a repair is worked out."
                                    + " Longer gives it more records to prove itself on; shorter ends"
                                    + " the wait of parked records sooner.");

    public static final ConfigOption<Integer> COLLECT_RECORDS =
            ConfigOptions.key("drift.collect-records")
                    .intType()
                    .defaultValue(50)
                    .withDescription(
                            "So many records that drifted end the collecting before its time is over.");

    public static final ConfigOption<Integer> WINDOW =
            ConfigOptions.key("drift.window")
                    .intType()
                    .defaultValue(20)
                    .withDescription(
                            "Samples of a stream that are compared with its baseline at a time, before"
                                    + " they become part of it. More see slighter changes, later.");

    public static final ConfigOption<Integer> MOST_RECORDS =
            ConfigOptions.key("drift.max-records")
                    .intType()
                    .defaultValue(200)
                    .withDescription(
                            "Records that drifted which are kept for each stream as evidence. The parked"
                                    + " records have limits of their own.");

    public static final ConfigOption<MemorySize> MOST_BYTES =
            ConfigOptions.key("drift.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(4))
                    .withDescription(
                            "How large these records of one stream may be together. Records beyond it"
                                    + " are counted only.");

    private DriftOptions() {}
}
