package io.autonomos.operators.canonicalize;

import static io.autonomos.operators.canonicalize.TestingRegistry.nameFrom;
import static io.autonomos.operators.canonicalize.TestingRegistry.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.RegistryMessage;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mapping versions after restarts: with state, and without. */
class RestoredMappingTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final StreamKey CUSTOM = new StreamKey("acme", "sf", "Planet__c");

    private final TestingRegistry registry = new TestingRegistry();
    private TestingStage job;

    @AfterEach
    void close() throws Exception {
        job.close();
    }

    @Test
    void aRestartKeepsTheVersionAndItsNumber() throws Exception {
        job = TestingStage.fresh(registry);
        job.receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        job.receive(registry.append(version(CUSTOM, 1, nameFrom("Alias"))));
        OperatorSubtaskState snapshot = job.checkpoint();
        job.close();

        job = TestingStage.restored(registry, snapshot, 1, 0);
        job.send(ACME);
        job.send(CUSTOM);
        job.receive(registry.append(version(ACME, 2, nameFrom("Name"))));
        job.send(ACME);

        assertThat(job.events())
                .containsExactly(
                        "acme b crm-account 2", "acme b crm-account 1", "acme b crm-account 2");
        assertThat(job.verdicts()).containsExactly("acme 2 refused");
    }

    @Test
    void aVersionMovesWithItsStreamToAnotherSubtask() throws Exception {
        job = TestingStage.fresh(registry);
        for (int i = 0; i < 20; i++) {
            job.receive(registry.append(version(tenant(i), 2, nameFrom("Alias"))));
        }
        OperatorSubtaskState snapshot = job.checkpoint();
        job.close();

        int translated = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            job = TestingStage.restored(registry, snapshot, 2, subtask);
            for (int i = 0; i < 20; i++) {
                if (job.owns(tenant(i))) {
                    job.send(tenant(i));
                }
            }
            assertThat(job.events()).allMatch(each -> each.endsWith(" b crm-account 2"));
            translated += job.events().size();
            job.close();
        }

        assertThat(translated).isEqualTo(20);
    }

    private static StreamKey tenant(int number) {
        return new StreamKey("t" + number, "sf", "Account");
    }

    @Test
    void aRestoredJobDoesNotReadTheRegistryAgain() throws Exception {
        job = TestingStage.fresh(registry);
        OperatorSubtaskState snapshot = job.checkpoint();
        job.close();
        RegistryMessage later = registry.append(version(ACME, 2, nameFrom("Alias")));

        job = TestingStage.restored(registry, snapshot, 1, 0);
        job.send(ACME);
        job.receive(later);
        job.send(ACME);

        assertThat(job.events())
                .containsExactly("acme a salesforce-account 1", "acme b crm-account 2");
    }

    @Test
    void aFreshJobTranslatesItsFirstRecordByTheLatestVersion() throws Exception {
        RegistryMessage one = registry.append(version(ACME, 2, nameFrom("Name")));
        RegistryMessage two = registry.append(version(ACME, 3, nameFrom("Alias")));
        RegistryMessage bad = registry.append(version(ACME, 4, "fields: 7"));
        job = TestingStage.fresh(registry);

        job.send(ACME);
        job.receive(one);
        job.receive(two);
        job.receive(bad);
        job.send(ACME);
        job.checkpoint();

        assertThat(job.events()).containsExactly("acme b crm-account 3", "acme b crm-account 3");
        assertThat(job.verdicts())
                .containsExactly("acme 2 accepted", "acme 3 accepted", "acme 4 refused");
    }

    @Test
    void aFreshJobKeepsToWhatAnEarlierOneDecided() throws Exception {
        job = TestingStage.fresh(registry);
        job.receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        registry.append(version(ACME, 2, nameFrom("Name")));
        job.side(Canonicalizer.VERDICTS).forEach(registry::append);
        job.close();

        job = TestingStage.fresh(registry);
        job.send(ACME);
        job.checkpoint();

        assertThat(job.events()).containsExactly("acme b crm-account 2");
        assertThat(job.verdicts()).containsExactly("acme 2 refused");
    }

    @Test
    void eachSubtaskKeepsItsOwnStreamsOnly() throws Exception {
        for (int i = 0; i < 40; i++) {
            registry.append(version(tenant(i), 1, nameFrom("Alias")));
        }
        int kept = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            job = TestingStage.fresh(registry, 2, subtask);
            kept += job.stateEntries();
            job.checkpoint();
            assertThat(job.verdicts()).hasSizeBetween(5, 35);
            job.close();
        }

        assertThat(kept).isEqualTo(2 * 40);
    }

    @Test
    void aVersionOfStateThatNoLongerCompilesMakesDeadLettersThatSaySo() throws Exception {
        RegistryMessage broken = registry.append(version(ACME, 2, "fields: 7"));
        registry.append(
                RegistryMessage.of(
                        new MappingVerdict(
                                "acme",
                                "sf",
                                "Account",
                                2,
                                0,
                                broken.position(),
                                MappingVerdict.ACCEPTED,
                                null,
                                null,
                                List.of(),
                                Instant.EPOCH)));
        job = TestingStage.fresh(registry);

        job.send(ACME);
        job.receive(registry.append(version(ACME, 3, nameFrom("Alias"))));
        job.send(ACME);

        assertThat(job.side(Canonicalizer.DEAD_LETTERS))
                .extracting(DeadLetter::fault)
                .extracting(fault -> fault.code())
                .containsExactly("AOS-693");
        assertThat(job.events()).containsExactly("acme b crm-account 3");
    }
}
