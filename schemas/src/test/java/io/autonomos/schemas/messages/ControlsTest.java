package io.autonomos.schemas.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlsTest {

    @Test
    void theConfigurationThenTheTenantThenAllThenTheDefaultDecides() {
        Controls controls = new Controls(Map.of(Flag.AUTO_REPAIR, false));
        assertThat(controls.isOn(Flag.DRIFT_DETECTION, "acme")).isTrue();
        assertThat(controls.isOn(Flag.LLM, "acme")).isFalse();

        controls.add(message("*", 1, Map.of("llm", true, "drift-detection", false)));
        controls.add(message("acme", 1, Map.of("drift-detection", true, "auto-repair", true)));

        assertThat(controls.isOn(Flag.DRIFT_DETECTION, "acme")).isTrue();
        assertThat(controls.isOn(Flag.DRIFT_DETECTION, "globex")).isFalse();
        assertThat(controls.isOn(Flag.LLM, "acme")).isTrue();
        assertThat(controls.isOn(Flag.AUTO_REPAIR, "acme")).isFalse();
        assertThat(controls.fresh().isOn(Flag.AUTO_REPAIR, "acme")).isFalse();
        assertThat(controls.fresh().isOn(Flag.LLM, "acme")).isFalse();
    }

    @Test
    void anOlderOrRepeatedMessageChangesNothing() {
        Controls controls = new Controls(Map.of());
        assertThat(controls.add(message("acme", 2, Map.of("llm", true)))).isTrue();

        assertThat(controls.add(message("acme", 2, Map.of("llm", false)))).isFalse();
        assertThat(controls.add(message("acme", 1, Map.of("llm", false)))).isFalse();

        assertThat(controls.isOn(Flag.LLM, "acme")).isTrue();
        assertThat(controls.messages()).hasSize(1);
    }

    @Test
    void aMessageTakesThePlaceOfTheOneBefore() {
        Controls controls = new Controls(Map.of());
        controls.add(
                new ControlMessage(
                        "acme",
                        1,
                        Map.of(),
                        Map.of("drift", "pass"),
                        Map.of("llm-tokens", 5L),
                        "jo",
                        null,
                        Instant.EPOCH));
        assertThat(controls.policy("drift", "acme")).isEqualTo("pass");
        assertThat(controls.budget("llm-tokens", "acme")).isEqualTo(5L);
        assertThat(controls.policy("drift", "globex")).isNull();

        controls.add(message("acme", 2, Map.of()));

        assertThat(controls.policy("drift", "acme")).isNull();
        assertThat(controls.budget("llm-tokens", "acme")).isNull();
    }

    private static ControlMessage message(
            String tenant, long revision, Map<String, Boolean> flags) {
        return new ControlMessage(
                tenant, revision, flags, Map.of(), Map.of(), "jo", null, Instant.EPOCH);
    }
}
