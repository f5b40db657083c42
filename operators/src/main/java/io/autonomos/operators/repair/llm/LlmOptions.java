package io.autonomos.operators.repair.llm;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Declares the keys under {@code repair.llm.*}. Read them through the settings only. */
public final class LlmOptions {

    public static final ConfigOption<Vendor> PROVIDER =
            ConfigOptions.key("repair.llm.provider")
                    .enumType(Vendor.class)
                    .noDefaultValue()
                    .withDescription(
                            "Whose interface the language model has: openai (or any server that speaks"
                                    + " its protocol), gemini or ollama. Without it none is asked. It is"
                                    + " asked only for tenants whose flag llm is on and whose budget"
                                    + " llm-tokens, per calendar month in UTC, is not spent.");

    public static final ConfigOption<String> BASE_URL =
            ConfigOptions.key("repair.llm.base-url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The address of the model's server. Default: the provider's own; required"
                                    + " for ollama.");

    public static final ConfigOption<String> MODEL =
            ConfigOptions.key("repair.llm.model")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The model's name; required with a provider.");

    public static final ConfigOption<String> API_KEY =
            ConfigOptions.key("repair.llm.api-key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The key by reference, ${env:NAME} or ${file:/path}.");

    public static final ConfigOption<Duration> TIMEOUT =
            ConfigOptions.key("repair.llm.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(20))
                    .withDescription(
                            "How long one try may take. After the last one the proposal goes on without"
                                    + " the model's opinion.");

    public static final ConfigOption<Integer> RETRIES =
            ConfigOptions.key("repair.llm.retries")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "How often a failed try is repeated within one call. More wait longer for a"
                                    + " server that stumbles.");

    public static final ConfigOption<Integer> PAUSE_AFTER =
            ConfigOptions.key("repair.llm.pause-after")
                    .intType()
                    .defaultValue(3)
                    .withDescription(
                            "After how many failed calls in a row the model is left alone for"
                                    + " repair.llm.pause.");

    public static final ConfigOption<Duration> PAUSE =
            ConfigOptions.key("repair.llm.pause")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a model that fails is left alone; proposals go on without its"
                                    + " opinion meanwhile.");

    /** Whose interface a model has. */
    public enum Vendor {
        OPENAI,
        GEMINI,
        OLLAMA
    }

    private LlmOptions() {}
}
