package io.autonomos.mappings.match.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MiniLmTest {

    @Test
    void textsOfOneMeaningAreNearerThanOthers() {
        try (MiniLm model = new MiniLm()) {
            double near = model.similarity("zip code", "postal code");
            double far = model.similarity("zip code", "invoice total");

            assertThat(near).isGreaterThan(far + 0.3);
            assertThat(model.similarity("zip code", "ZIP code")).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void anyTextHasAVector() {
        try (MiniLm model = new MiniLm()) {
            assertThat(model.similarity("", "\u20ac\u4e2d\ud83d\ude00 x")).isBetween(-1.0, 1.01);
            assertThat(model.similarity("a".repeat(5000), "b ".repeat(5000))).isBetween(-1.0, 1.01);
        }
    }
}
