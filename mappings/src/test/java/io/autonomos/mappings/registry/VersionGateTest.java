package io.autonomos.mappings.registry;

import static io.autonomos.mappings.registry.TestingVersions.AT;
import static io.autonomos.mappings.registry.TestingVersions.mapping;
import static io.autonomos.mappings.registry.TestingVersions.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.registry.VersionGate.Decision;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VersionGateTest {

    private static final MappingVersion FIVE = version(5, mapping("Name"));

    private final TestingVersions topic = new TestingVersions();

    @Test
    void aHigherNumberThatCompilesTakesEffect() {
        Decision decision = VersionGate.decide(topic.written(6, mapping("Alias")), FIVE);

        assertThat(decision.takesEffect()).isTrue();
        MappingVerdict verdict = decision.verdict(AT);
        assertThat(verdict.accepts()).isTrue();
        assertThat(verdict.version()).isEqualTo(6);
        assertThat(verdict.mapping()).isEqualTo("own");
        assertThat(verdict.entity()).isEqualTo("account");
        assertThat(verdict.key()).isEqualTo(TestingVersions.ACME);
    }

    @Test
    void numbersMayHaveGaps() {
        assertThat(VersionGate.decide(topic.written(9, mapping("Name")), FIVE).takesEffect())
                .isTrue();
        assertThat(VersionGate.decide(topic.written(9, mapping("Name")), null).takesEffect())
                .isTrue();
    }

    @Test
    void theSameVersionAgainIsAcceptedButChangesNothing() {
        Decision decision = VersionGate.decide(topic.written(5, mapping("Name")), FIVE);

        assertThat(decision.takesEffect()).isFalse();
        assertThat(decision.verdict(AT).accepts()).isTrue();
    }

    @Test
    void theSameNumberForAnotherSourceIsAnotherVersion() {
        RegistryMessage other =
                topic.written(RegistryMessage.of(version("zendesk", 5, mapping("Name"))));

        assertThat(VersionGate.decide(other, FIVE).verdict(AT).accepts()).isFalse();
    }

    @Test
    void everyProblemOfTheContentIsToldWithItsPlace() {
        String content = mapping("Name") + "  nmae: Name\n  webiste: Web\n";

        Decision decision = VersionGate.decide(topic.written(6, content), FIVE);

        assertThat(decision.verdict(AT).problems())
                .extracting(MappingVerdict.Problem::line)
                .containsExactly(9, 10);
    }

    @Test
    void aVerdictListsNoEndOfProblems() {
        StringBuilder content = new StringBuilder(mapping("Name"));
        for (int i = 0; i < 500; i++) {
            content.append("  x").append(i).append(": Name\n");
        }

        Decision decision = VersionGate.decide(topic.written(6, content.toString()), FIVE);

        assertThat(decision.problems()).hasSize(20);
    }

    @Property(tries = 300)
    void whateverTheContentIsItIsDecided(@ForAll String content) {
        MappingVersion version = version(6, "x" + content);

        Decision decision = VersionGate.decide(topic.written(RegistryMessage.of(version)), FIVE);

        assertThat(decision.takesEffect()).isFalse();
        assertThat(decision.verdict(AT).problems()).isNotEmpty();
    }
}
