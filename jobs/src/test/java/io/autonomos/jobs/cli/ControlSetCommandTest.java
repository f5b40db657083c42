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
        assertThat(String.join(" ", console.err())).contains("AOS-932").contains(hint);
    }
}
