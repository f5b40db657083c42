package io.autonomos.operators.repair.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class LlmSettingsTest {

    @Test
    void settingsAreChecked() {
        assertThat(LlmSettings.from(new Configuration())).isNull();
        assertThatThrownBy(
                        () ->
                                LlmSettings.from(
                                        Configuration.fromMap(
                                                Map.of("repair.llm.provider", "openai"))))
                .hasMessageContaining("repair.llm.model is required");
        assertThatThrownBy(
                        () ->
                                LlmSettings.from(
                                        Configuration.fromMap(
                                                Map.of(
                                                        "repair.llm.provider",
                                                        "openai",
                                                        "repair.llm.model",
                                                        "m",
                                                        "repair.llm.api-key",
                                                        "sk-secret"))))
                .hasMessageContaining("must be a reference")
                .hasMessageNotContaining("sk-secret");
    }
}
