package io.autonomos.operators.review;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Declares the keys under {@code review.*}. Read them through the settings only. */
public final class ReviewOptions {

    public static final ConfigOption<Duration> WAIT_FOR_PROPOSAL =
            ConfigOptions.key("review.wait-for-proposal")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How long a review waits for a proposal that the job does not know yet,"
                                    + " before it is refused (AOS-921). Longer bears with a job that"
                                    + " lags behind; shorter answers typing errors sooner.");

    public static final ConfigOption<Duration> RETENTION =
            ConfigOptions.key("review.retention")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "How long the job remembers what became of a proposal, to refuse a second"
                                    + " decision. After that it counts as unknown. The review log"
                                    + " keeps it for as long as its topic and table do.");

    private ReviewOptions() {}
}
