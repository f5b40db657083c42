package io.autonomos.operators.review;

import io.autonomos.operators.OptionCheck;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** The settings of reviews, checked once when the job is built. */
public record ReviewSettings(Duration waitForProposal, Duration retention) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Duration LONGEST = Duration.ofDays(3650);

    public ReviewSettings {
        require(ReviewOptions.WAIT_FOR_PROPOSAL, waitForProposal);
        require(ReviewOptions.RETENTION, retention);
    }

    /** Reads and checks the settings. */
    public static ReviewSettings from(ReadableConfig config) {
        return new ReviewSettings(
                config.get(ReviewOptions.WAIT_FOR_PROPOSAL), config.get(ReviewOptions.RETENTION));
    }

    private static void require(ConfigOption<Duration> option, Duration value) {
        boolean holds = value.toMillis() >= 1 && value.compareTo(LONGEST) <= 0;
        OptionCheck.require(option, value, holds, "1 ms to 3650 d");
    }
}
