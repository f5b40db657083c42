package io.autonomos.operators.canonicalize;

import static io.autonomos.operators.canonicalize.TestingRegistry.nameFrom;
import static io.autonomos.operators.canonicalize.TestingRegistry.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.RegistryMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mapping versions that come while records flow. */
class LiveMappingTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final StreamKey GLOBEX = new StreamKey("globex", "sf", "Account");
    private static final StreamKey CUSTOM = new StreamKey("acme", "sf", "Planet__c");

    private final TestingRegistry registry = new TestingRegistry();
    private TestingStage job;

    @AfterEach
    void close() throws Exception {
        job.close();
    }

    @Test
    void aVersionTakesEffectForTheNextRecordOfItsStreamAlone() throws Exception {
        job = TestingStage.fresh(registry);
        job.send(ACME);
        job.send(GLOBEX);

        job.receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        job.send(ACME);
        job.send(GLOBEX);

        assertThat(job.events())
                .containsExactly(
                        "acme a salesforce-account 1",
                        "globex a salesforce-account 1",
                        "acme b crm-account 2",
                        "globex a salesforce-account 1");
        assertThat(job.verdicts()).containsExactly("acme 2 accepted");
    }

    @Test
    void aVersionForAStreamWithoutRecordsIsKeptUntilTheyCome() throws Exception {
        job = TestingStage.fresh(registry);

        job.receive(registry.append(version(CUSTOM, 1, nameFrom("Alias"))));
        assertThat(job.verdicts()).containsExactly("acme 1 accepted");
        job.send(CUSTOM);

        assertThat(job.events()).containsExactly("acme b crm-account 1");
    }

    @Test
    void theVersionOnTheEventsStandsInTheirEnvelopeToo() throws Exception {
        job = TestingStage.fresh(registry);
        job.receive(registry.append(version(ACME, 7, nameFrom("Alias"))));
        job.send(ACME);

        assertThat(new String(job.output().get(0).json(), UTF_8))
                .contains("\"mapping\":{\"id\":\"crm-account\",\"version\":7}");
    }

    @Test
    void aVersionThatDoesNotCompileIsRefusedWithItsReasonAndReachesNoRecord() throws Exception {
        job = TestingStage.fresh(registry);
        job.receive(registry.append(version(ACME, 2, nameFrom("Alias"))));

        job.receive(registry.append(version(ACME, 3, nameFrom("Alias") + "  nmae: Name\n")));
        job.send(ACME);

        assertThat(job.events()).containsExactly("acme b crm-account 2");
        assertThat(job.verdicts()).containsExactly("acme 2 accepted", "acme 3 refused");
        MappingVerdict.Problem problem = job.lastVerdict().problems().get(0);
        assertThat(problem.code()).isEqualTo("AOS-605");
        assertThat(problem.line()).isEqualTo(9);
        assertThat(problem.hint()).contains("name");
    }

    @Test
    void aVersionThatGoesBackIsRefused() throws Exception {
        job = TestingStage.fresh(registry);
        job.receive(registry.append(version(ACME, 5, nameFrom("Alias"))));

        job.receive(registry.append(version(ACME, 4, nameFrom("Name"))));
        job.send(ACME);

        assertThat(job.events()).containsExactly("acme b crm-account 5");
        assertThat(job.lastVerdict().problems().get(0).text())
                .startsWith("AOS-690: version 4 goes back: version 5 is in effect.");
    }

    @Test
    void ofTwoWritersOfOneNumberTheFirstWins() throws Exception {
        job = TestingStage.fresh(registry);

        job.receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        job.receive(registry.append(version(ACME, 2, nameFrom("Name"))));
        job.send(ACME);

        assertThat(job.events()).containsExactly("acme b crm-account 2");
        assertThat(job.verdicts()).containsExactly("acme 2 accepted", "acme 2 refused");
        assertThat(job.lastVerdict().problems().get(0).code()).isEqualTo("AOS-690");
    }

    @Test
    void aRepeatedVersionIsAcceptedAgainAndChangesNothing() throws Exception {
        job = TestingStage.fresh(registry);

        job.receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        job.receive(registry.append(version(ACME, 2, nameFrom("Alias"))));

        assertThat(job.verdicts()).containsExactly("acme 2 accepted", "acme 2 accepted");
        assertThat(job.side(Canonicalizer.VERDICTS)).allMatch(RegistryMessage::isVerdict);
    }

    @Test
    void aMappingForAnotherSourceIsRefused() throws Exception {
        job = TestingStage.fresh(registry);

        job.receive(registry.append(version(ACME, "hubspot", 2, nameFrom("Alias"))));

        assertThat(job.verdicts()).containsExactly("acme 2 refused");
        assertThat(job.lastVerdict().problems().get(0).code()).isEqualTo("AOS-691");
    }

    @Test
    void recordsOfAnotherSourceThanTheVersionsGoByTheShippedMapping() throws Exception {
        job = TestingStage.fresh(registry);
        String zendesk = nameFrom("Alias").replace("salesforce", "zendesk");
        job.receive(registry.append(version(ACME, "zendesk", 2, zendesk)));

        job.send(ACME);

        assertThat(job.events()).containsExactly("acme a salesforce-account 1");
    }

    @Test
    void junkAndForeignKeysAreRefusedAndHarmNothing() throws Exception {
        job = TestingStage.fresh(registry);
        job.receive(registry.append(version(ACME, 2, nameFrom("Alias"))));

        job.receive(registry.append("\u0000", "\u0001"));
        job.receive(
                registry.append("[\"acme\",\"sf\",\"Account\",3,\"x\"]", "{\"tenant\":\"acme\"}"));
        byte[] value = RegistryMessage.of(version(GLOBEX, 3, nameFrom("Name"))).value();
        byte[] key = RegistryMessage.of(version(ACME, 3, nameFrom("Name"))).messageKey();
        job.receive(registry.append(key, value));
        job.send(ACME);
        job.send(GLOBEX);

        assertThat(job.events())
                .containsExactly("acme b crm-account 2", "globex a salesforce-account 1");
        assertThat(job.verdicts())
                .containsExactly(
                        "acme 2 accepted",
                        "_unaddressed 0 refused",
                        "acme 3 refused",
                        "acme 3 refused");
        assertThat(job.lastVerdict().problems().get(0).code()).isEqualTo("AOS-403");
    }

    @Test
    void aTombstoneOnTheVersionInEffectIsRefusedAndTheVersionPutBack() throws Exception {
        job = TestingStage.fresh(registry);
        RegistryMessage two = registry.append(version(ACME, 2, nameFrom("Alias")));
        job.receive(two);

        job.receive(registry.append(two.messageKey(), null));
        job.send(ACME);

        assertThat(job.events()).containsExactly("acme b crm-account 2");
        assertThat(job.lastVerdict().problems().get(0).code()).isEqualTo("AOS-692");
        RegistryMessage back = job.side(Canonicalizer.VERDICTS).get(1);
        assertThat(back.isVerdict()).isFalse();
        assertThat(back.version()).isEqualTo(version(ACME, 2, nameFrom("Alias")));
        assertThat(back.messageKey()).isEqualTo(two.messageKey());
    }
}
