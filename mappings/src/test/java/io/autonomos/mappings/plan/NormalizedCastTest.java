package io.autonomos.mappings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.schemas.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are brought to normal forms before the field takes them. */
class NormalizedCastTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "spaces|\"  a \\t b \"|\"a b\"",
                "upper|\"ab\"|\"AB\"",
                "[spaces, lower]|\" A  B \"|\"a b\"",
                "email|\"Ann <Ann@Example.org>\"|\"ann@example.org\"",
                "country|\"Germany\"|\"DE\"",
                "upper|7.50|\"7.50\"",
                "upper|\"\\u00e4\\\"\"|\"\u00c4\\\"\"",
            })
    void becomesTheNormalForm(String forms, String given, String normal) {
        JsonNode event = translator(forms, "").envelope("{\"id\":1,\"x\":" + given + "}");

        assertThat(event.at("/data/title").toString()).isEqualTo(normal);
        boolean changed = !given.equals(normal) && given.startsWith("\"");
        assertThat(event.at("/changes/0/kind").asText()).isEqualTo(changed ? "reformatted" : "");
        assertThat(event.at("/extras").has("x")).isEqualTo(changed);
    }

    @Test
    void aNumberOfAPhoneHasTheCountryThatTheMappingSays() {
        JsonNode event =
                translator("phone", ", region: US").envelope("{\"id\":1,\"x\":\"(202) 555-0123\"}");

        assertThat(event.at("/data/title").asText()).isEqualTo("+12025550123");
    }

    @Test
    void aTextWithoutTheFormIsNullWithItsReasonAndStaysInExtras() {
        JsonNode event = translator("email", "").envelope("{\"id\":1,\"x\":\"no address\"}");

        assertThat(event.at("/data").has("title")).isFalse();
        assertThat(event.at("/changes/0/reason").asText()).startsWith(ErrorCode.VALUE_FORM.code());
        assertThat(event.at("/extras/x").asText()).isEqualTo("no address");
    }

    @Test
    void aTextInItsFormAlreadyLeavesNoNote() {
        JsonNode event = translator("lower", "").envelope("{\"id\":1,\"x\":\"ab\"}");

        assertThat(event.at("/data/title").asText()).isEqualTo("ab");
        assertThat(event.at("/changes")).isEmpty();
        assertThat(event.at("/extras")).isEmpty();
    }

    @Test
    void whatIsNeitherTextNorNumberIsLeftToTheField() {
        JsonNode event = translator("lower", "").envelope("{\"id\":1,\"x\":[\"A\"]}");

        assertThat(event.at("/changes/0/reason").asText()).startsWith(ErrorCode.VALUE_TYPE.code());
    }

    @Test
    void aFormThatTheFieldRefusesIsItsError() {
        TestingTranslator translator =
                TestingTranslator.of(
                        """
                        mapping: m
                        source: testing
                        stream: things
                        entity: opportunity
                        fields:
                          opportunity_id: id
                          name: id
                          currency: {from: x, normalize: upper}
                        """);

        JsonNode bad = translator.envelope("{\"id\":\"1\",\"x\":\"euro\"}");
        JsonNode good = translator.envelope("{\"id\":\"1\",\"x\":\"eur\"}");

        assertThat(bad.at("/changes").toString()).contains("AOS-308").doesNotContain("reformatted");
        assertThat(good.at("/data/currency").asText()).isEqualTo("EUR");
        assertThat(good.at("/changes/0/kind").asText()).isEqualTo("reformatted");
    }

    private static TestingTranslator translator(String forms, String more) {
        return TestingTranslator.ofContacts(
                "fields:\n  contact_id: id\n  title: {from: x, normalize: %s%s}\n"
                        .formatted(forms, more));
    }
}
