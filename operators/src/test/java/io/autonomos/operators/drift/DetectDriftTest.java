package io.autonomos.operators.drift;

import static io.autonomos.operators.TestingStream.rename;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingStream;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.messages.DriftEvent;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing can be interrupted
class DetectDriftTest {

    private static final String MENDED =
            TestingStream.MAPPING.replace("amount: amount", "amount: [deal_amount, amount]");
    private static final Consumer<Map<String, Object>> RENAMED = rename("amount", "deal_amount");

    private TestingDetection stage;

    @BeforeEach
    void learn() throws Exception {
        stage = TestingDetection.learnt();
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void aRenameIsOneEventAndOneTaskOnceItsRecordsAreCollected() throws Exception {
        stage.send(40, 45, RENAMED).pass(299);
        assertThat(stage.events()).isEmpty();

        stage.pass(1);

        assertThat(stage.told()).containsExactly("high renamed amount>deal_amount");
        assertThat(stage.events().get(0).records()).isEqualTo(5);
        RepairTask task = stage.tasks().get(0);
        assertThat(stage.tasks()).hasSize(1);
        assertThat(task.lost()).containsExactly("amount");
        assertThat(task.records()).hasSize(5);
        assertThat(task.parked()).isEqualTo(5);

        stage.send(45, 49, RENAMED).pass(10_000);
        assertThat(stage.tasks()).hasSize(1);
        assertThat(stage.timers()).isZero();
    }

    @Test
    void twoOddRecordsAreNothing() throws Exception {
        stage.send(40, 42, RENAMED).send(42, 80, r -> {}).pass(10_000);

        assertThat(stage.events()).isEmpty();
        assertThat(stage.tasks()).isEmpty();
    }

    @Test
    void manyRecordsEndTheCollecting() throws Exception {
        stage.send(40, 95, RENAMED);

        assertThat(stage.tasks()).hasSize(1);
        assertThat(stage.tasks().get(0).records()).hasSize(50);
    }

    @Test
    void aDriftThatNothingMendsIsAskedAboutAgainWhenItDoublesButNotForEver() throws Exception {
        for (int i = 40; i < 4_000; i += 20) {
            stage.send(i, i + 20, r -> r.remove("amount")).pass(3_000);
        }

        assertThat(stage.told()).hasSize(1);
        assertThat(stage.tasks()).hasSize(6);
        assertThat(stage.tasks()).allSatisfy(t -> assertThat(t.records()).hasSizeLessThan(201));
    }

    @Test
    void anOddRecordDoesNotHideWhatAllOthersHaveInCommon() throws Exception {
        stage.send(40, 41, r -> r.remove("stage")).send(41, 50, RENAMED).pass(300);

        assertThat(stage.told()).containsExactly("high renamed amount>deal_amount");
    }

    @Test
    void whenTheMappingIsMendedTheIncidentEndsAndTheBaselineMoves() throws Exception {
        stage.send(40, 60, RENAMED).pass(300);
        String id = stage.events().get(0).id();

        stage.use(MENDED).send(60, 140, RENAMED).pass(10_000);

        assertThat(stage.told())
                .containsExactly(
                        "high renamed amount>deal_amount", "high renamed amount>deal_amount");
        DriftEvent last = stage.events().get(1);
        assertThat(last.id()).isEqualTo(id);
        assertThat(last.records()).isEqualTo(20);
        assertThat(stage.tasks()).hasSize(1);
    }

    @Test
    void whileRecordsWaitTheBaselineStandsStill() throws Exception {
        stage.send(40, 50, RENAMED).pass(300);

        stage.send(50, 120, r -> r.put("weight", 7)).pass(10_000);
        assertThat(stage.told()).hasSize(1);

        stage.use(MENDED).send(120, 140, r -> r.put("weight", 7)).pass(300);
        assertThat(stage.told()).last().isEqualTo("low added >weight");
    }

    @Test
    void aFieldThatComesBackLeavesTheDriftOpenUntilNothingWaits() throws Exception {
        stage.send(40, 50, RENAMED).pass(300).send(50, 70, r -> {}).pass(300);
        assertThat(stage.events()).hasSize(1);

        stage.giveUpParked().send(70, 71, r -> {});
        assertThat(stage.events()).hasSize(2);

        stage.send(71, 80, RENAMED).pass(300);
        assertThat(stage.tasks()).hasSize(2);
    }

    @Test
    void aDriftDuringADriftIsAskedAboutToo() throws Exception {
        stage.send(40, 50, RENAMED).pass(300);

        stage.send(50, 55, RENAMED.andThen(rename("stage", "deal_stage"))).pass(3_000);

        assertThat(stage.tasks()).hasSize(2);
        assertThat(stage.tasks().get(1).lost()).containsExactlyInAnyOrder("amount", "stage");
        assertThat(stage.told().get(1))
                .contains("renamed amount>deal_amount", "renamed stage>deal_stage");
    }

    @Test
    void twoProducersThatChangedInTwoWaysAreAskedAboutOneAfterTheOther() throws Exception {
        stage.send(
                        40,
                        60,
                        r -> {
                            boolean even =
                                    Integer.parseInt(r.get("id").toString().substring(2)) % 2 == 0;
                            (even ? RENAMED : rename("stage", "deal_stage")).accept(r);
                        })
                .pass(300);
        assertThat(stage.tasks()).hasSize(1);

        stage.pass(3_000);

        assertThat(stage.tasks()).hasSize(2);
        assertThat(stage.told())
                .containsExactlyInAnyOrder(
                        "high renamed amount>deal_amount", "high renamed stage>deal_stage");
    }

    @Test
    void whatARepairLeavesBrokenStaysOpenAndIsAskedAboutUnderTheNewVersion() throws Exception {
        Consumer<Map<String, Object>> other = rename("stage", "deal_stage");
        stage.send(40, 50, RENAMED).send(50, 55, other).pass(300);
        assertThat(stage.tasks()).hasSize(1);

        stage.use(MENDED).send(55, 56, other).pass(300);

        assertThat(stage.tasks()).hasSize(2);
        assertThat(stage.tasks().get(1).lost()).containsExactly("stage");
        assertThat(stage.tasks().get(1).mappingVersion()).isEqualTo(2);
    }

    @Test
    void twoVersionsSideBySideAreNoDrift() throws Exception {
        Consumer<Map<String, Object>> second =
                r -> {
                    if (r.get("id").hashCode() % 2 == 0) {
                        r.put("colour", r.remove("color"));
                    }
                };

        stage.send(40, 240, second).pass(10_000);

        assertThat(stage.told()).containsExactly("low added >colour");
        assertThat(stage.tasks()).isEmpty();
    }

    @Test
    void aNewNameThatTheMappingReadsAlreadyIsToldButNeedsNoRepair() throws Exception {
        stage.use(TestingStream.MAPPING.replace("stage: stage", "stage: [deal_stage, stage]"));
        stage.send(40, 60, r -> {}).pass(300);

        stage.send(60, 80, rename("stage", "deal_stage")).pass(10_000);

        assertThat(stage.told()).containsExactly("high renamed stage>deal_stage");
        assertThat(stage.tasks()).isEmpty();
    }

    @Test
    void aFieldThatOnlySomeRecordsHadIsFoundGoneBySamples() throws Exception {
        Consumer<Map<String, Object>> sparse =
                r -> {
                    if (r.get("id").hashCode() % 2 == 0) {
                        r.remove("stage");
                    }
                };
        try (TestingDetection other = new TestingDetection().send(0, 40, sparse)) {
            other.send(40, 60, sparse).send(60, 80, r -> r.remove("stage")).pass(300);

            assertThat(other.tasks()).hasSize(1);
            assertThat(other.tasks().get(0).lost()).containsExactly("stage");
        }
    }

    @Test
    void aTypeThatFlapsIsToldOnce() throws Exception {
        for (int i = 40; i < 400; i += 20) {
            stage.send(i, i + 10, r -> r.put("chance", r.get("chance").toString()));
            stage.send(i + 10, i + 20, r -> {});
        }
        stage.pass(10_000);

        assertThat(stage.told()).containsExactly("medium widened chance>chance");
    }

    @Test
    void aThousandNewFieldsAreOneLowEvent() throws Exception {
        Consumer<Map<String, Object>> wide =
                r -> {
                    for (int i = 0; i < 1_000; i++) {
                        r.put("field_" + i, i);
                    }
                };
        stage.send(40, 100, wide).pass(300);

        assertThat(stage.events()).hasSize(1);
        assertThat(stage.events().get(0).severity()).isEqualTo("low");
        assertThat(stage.tasks()).isEmpty();
    }

    @Test
    void randomNamesInEveryRecordStayBoundedAndQuiet() throws Exception {
        Random random = new Random(7);
        stage.send(
                40,
                440,
                r -> {
                    for (int i = 0; i < 60; i++) {
                        r.put("k" + random.nextLong(), i);
                    }
                });
        stage.pass(300);

        assertThat(stage.events()).isEmpty();
    }

    @Test
    void twoFieldsThatSwappedAreAskedAboutThoughNothingIsHeld() throws Exception {
        Consumer<Map<String, Object>> swapped =
                r -> {
                    Object owner = r.get("owner_id");
                    r.put("owner_id", r.get("contact_name"));
                    r.put("contact_name", owner);
                };
        stage.send(10, 30, swapped).pass(300);

        assertThat(stage.tasks()).hasSize(1);
        assertThat(stage.tasks().get(0).suspect()).containsExactlyInAnyOrder("owner_id", "type");
        assertThat(stage.events().get(0).severity()).isEqualTo("high");

        stage.send(10, 40, swapped).pass(10_000);
        assertThat(stage.events()).hasSize(1);

        stage.send(40, 400, swapped).pass(10_000);
        assertThat(stage.tasks()).hasSize(1);
    }

    @Test
    void aRestartKeepsBaselineCollectedRecordsAndIncident() throws Exception {
        stage.send(40, 44, RENAMED).restart().pass(300);

        assertThat(stage.told()).containsExactly("high renamed amount>deal_amount");
        assertThat(stage.events().get(0).records()).isEqualTo(4);
        String id = stage.events().get(0).id();

        stage.restart().send(44, 46, RENAMED).pass(300);
        assertThat(stage.events()).isEmpty();

        stage.use(MENDED).send(46, 47, RENAMED);
        assertThat(stage.events()).hasSize(1);
        assertThat(stage.events().get(0).id()).isEqualTo(id);
        assertThat(stage.events().get(0).records()).isEqualTo(6);
    }

    @Test
    void observationsUnderAnOlderVersionAreLeftOut() throws Exception {
        stage.use(MENDED).send(40, 41, r -> {});
        int entries = stage.stateEntries();

        stage.goBack().send(41, 50, RENAMED).pass(300);

        assertThat(stage.events()).isEmpty();
        assertThat(stage.stateEntries()).isEqualTo(entries);
    }
}
