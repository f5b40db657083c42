package io.autonomos.operators.repair;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Declares the keys under {@code repair.*}. Read them through the settings only. */
public final class RepairOptions {

    public static final ConfigOption<Double> APPLY_THRESHOLD =
            ConfigOptions.key("repair.apply-threshold")
                    .doubleType()
                    .defaultValue(0.85)
                    .withDescription(
                            "From this confidence on a repair is applied unasked. Higher asks a person"
                                    + " more often; lower makes more mistakes than were measured.");

    public static final ConfigOption<Double> REVIEW_THRESHOLD =
            ConfigOptions.key("repair.review-threshold")
                    .doubleType()
                    .defaultValue(0.6)
                    .withDescription(
                            "From this confidence on a person is asked; below it a repair is rejected."
                                    + " Lower shows people more proposals that are wrong.");

    public static final ConfigOption<Duration> EXPIRY =
            ConfigOptions.key("review.expiry")
                    .durationType()
                    .defaultValue(Duration.ofDays(7))
                    .withDescription(
                            "How long a person may take to decide. What is parked stays safe after"
                                    + " that, and the proposal is escalated.");

    public static final ConfigOption<Integer> MOST_RECORDS =
            ConfigOptions.key("repair.max-records")
                    .intType()
                    .defaultValue(200)
                    .withDescription(
                            "On how many records a repair is proved. More are surer and slower.");

    public static final ConfigOption<Integer> THREADS =
            ConfigOptions.key("repair.threads")
                    .intType()
                    .defaultValue(2)
                    .withDescription(
                            "Repairs that a subtask works out at a time. More end a storm of drifts"
                                    + " sooner and take processor time from the translation.");

    public static final ConfigOption<Duration> TIMEOUT =
            ConfigOptions.key("repair.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a repair may take, its wait for others included. After that the"
                                    + " records stay parked until more of them come.");

    private RepairOptions() {}
}
