package io.autonomos.operators.repair.llm;

import io.autonomos.operators.repair.llm.LlmOptions.Vendor;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.config.Secret;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The settings of the language model, checked once when the job is built.
 *
 * @param baseUrl null for the provider's own
 * @param apiKey null where the server asks for none
 */
public record LlmSettings(
        Vendor provider,
        String baseUrl,
        String model,
        Secret apiKey,
        Duration timeout,
        int retries,
        int pauseAfter,
        Duration pause)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public LlmSettings {
        require(LlmOptions.MODEL, model != null && !model.isBlank(), "is required with a provider");
        require(
                LlmOptions.BASE_URL,
                baseUrl != null || provider != Vendor.OLLAMA,
                "is required for ollama");
        require(
                LlmOptions.BASE_URL,
                baseUrl == null || baseUrl.matches("https?://.+"),
                "must begin with http:// or https://");
        require(
                LlmOptions.API_KEY,
                apiKey != null || provider != Vendor.GEMINI,
                "is required for gemini");
        require(
                LlmOptions.TIMEOUT,
                timeout.toMillis() > 0 && timeout.toMinutes() < 60,
                "must be positive and less than 1 h");
        require(LlmOptions.RETRIES, retries >= 0 && retries <= 10, "must be 0 to 10");
        require(LlmOptions.PAUSE_AFTER, pauseAfter > 0, "must be positive");
        require(LlmOptions.PAUSE, pause.toMillis() > 0, "must be positive");
    }

    /** Reads and checks the settings; null where no model is configured. */
    public static LlmSettings from(ReadableConfig config) {
        Vendor provider = config.get(LlmOptions.PROVIDER);
        return provider == null
                ? null
                : new LlmSettings(
                        provider,
                        config.get(LlmOptions.BASE_URL),
                        config.get(LlmOptions.MODEL),
                        Secret.ofNullable(LlmOptions.API_KEY.key(), config.get(LlmOptions.API_KEY)),
                        config.get(LlmOptions.TIMEOUT),
                        config.get(LlmOptions.RETRIES),
                        config.get(LlmOptions.PAUSE_AFTER),
                        config.get(LlmOptions.PAUSE));
    }

    private static void require(ConfigOption<?> option, boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s: %s %s."
                            .formatted(ErrorCode.CONFIG_INVALID.code(), option.key(), expected));
        }
    }
}
