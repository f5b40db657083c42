package io.autonomos.operators.review;

import io.autonomos.schemas.ErrorCode;
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
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "%s: %s must be 1 ms to 3650 d, but was %s."
                            .formatted(ErrorCode.CONFIG_INVALID.code(), option.key(), value));
        }
    }
}
