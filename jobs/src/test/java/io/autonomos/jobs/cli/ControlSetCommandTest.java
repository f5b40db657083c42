package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is read or written. */
class ControlSetCommandTest {

    private final TestingConsole console = new TestingConsole();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "view-merge.contact.nmae=longest | must be a field of contact",
                "view-merge.contact.name=longset | must be one of newest, longest",
                "view-merge.contact.name=on | must be one of newest, longest",
                "view-sources.contacts=hubspot | must be an entity: account",
                "view-sources.contact=7; | joined by commas",
                "view-identity.account=e-mail | some of external, domain, name"
            })
    void aRuleThatIsNotUsableIsRefusedWithWhatIsAllowed(String setting, String hint) {
        assertThat(refusal(setting)).contains("AOS-932").contains(hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto-repiar=off | auto-repiar is no setting. Did you mean auto-repair?",
                "llm-tokns=100000 | llm-tokns is no setting. Did you mean llm-tokens?",
                "llm-tokens=many | llm-tokens must be a whole number, but was many.",
                "llm-tokens=on | llm-tokens must be a whole number, but was on.",
                "drift=7 | drift must be one of park, pass, dead-letter, but was 7.",
                "safe-mode=7 | safe-mode is a flag: on, off or default, but was 7."
            })
    void aSettingThatNothingReadsIsRefusedWithTheOneThatWasMeant(String setting, String message) {
        assertThat(refusal(setting)).contains(message);
    }

    private String refusal(String setting) {
        int code =
                console.run(
                        "control",
                        "set",
                        "--tenant",
                        "acme",
                        "--bootstrap",
                        "127.0.0.1:1",
                        setting);

        assertThat(code).isEqualTo(1);
        return String.join(" ", console.err());
    }
}
