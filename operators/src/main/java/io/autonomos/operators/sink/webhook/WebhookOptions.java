package io.autonomos.operators.sink.webhook;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Declares the keys of the webhook. Read them through the settings only. */
public final class WebhookOptions {

    public static final ConfigOption<String> URL =
            ConfigOptions.key("review.webhook-url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The address of an incoming webhook in Slack's form, by reference,"
                                    + " ${env:NAME} or ${file:/path}; read anew for each message."
                                    + " It gets one message per proposal that waits for a person and"
                                    + " per proposal that expires. Without it nobody is told.");

    public static final ConfigOption<Duration> TIMEOUT =
            ConfigOptions.key("review.webhook-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long the webhook may take to answer before the message is sent"
                                    + " again. Too short, and a slow receiver gets messages twice.");

    public static final ConfigOption<Duration> LONGEST_WAIT =
            ConfigOptions.key("review.webhook-longest-wait")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long is waited at most between two tries; the waits double from one"
                                    + " second on. Shorter tells people sooner after an outage.");

    public static final ConfigOption<Duration> GIVE_UP_AFTER =
            ConfigOptions.key("review.webhook-give-up-after")
                    .durationType()
                    .defaultValue(Duration.ofDays(1))
                    .withDescription(
                            "How long a message is tried. After that it is dropped, which the log and"
                                    + " the metric webhook.dropped say; the proposal stays.");

    private WebhookOptions() {}
}
