package io.autonomos.operators.sink.webhook;

import io.autonomos.operators.OptionCheck;
import io.autonomos.schemas.config.Secret;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** The settings of the webhook, checked once when the job is built. */
public record WebhookSettings(
        Secret url, Duration timeout, Duration longestWait, Duration giveUpAfter)
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Duration LONGEST = Duration.ofDays(365);

    public WebhookSettings {
        require(WebhookOptions.TIMEOUT, timeout);
        require(WebhookOptions.LONGEST_WAIT, longestWait);
        require(WebhookOptions.GIVE_UP_AFTER, giveUpAfter);
    }

    /** Reads and checks the settings; null where there is no webhook. */
    public static WebhookSettings from(ReadableConfig config) {
        Secret url = Secret.ofNullable(WebhookOptions.URL.key(), config.get(WebhookOptions.URL));
        return url == null
                ? null
                : new WebhookSettings(
                        url,
                        config.get(WebhookOptions.TIMEOUT),
                        config.get(WebhookOptions.LONGEST_WAIT),
                        config.get(WebhookOptions.GIVE_UP_AFTER));
    }

    private static void require(ConfigOption<Duration> option, Duration value) {
        boolean holds = value.toMillis() >= 1 && value.compareTo(LONGEST) <= 0;
        OptionCheck.require(option, value, holds, "1 ms to 365 d");
    }
}
