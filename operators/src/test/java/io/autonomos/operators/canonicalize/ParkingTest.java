package io.autonomos.operators.canonicalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ControlMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of records that have lost a mapped field. */
class ParkingTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final StreamKey GLOBEX = new StreamKey("globex", "sf", "Account");

    private final TestingRegistry registry = new TestingRegistry();
    private final Configuration config = new Configuration();
    private TestingStage stage;

    @BeforeEach
    void openStage() throws Exception {
        open(null);
    }

    @AfterEach
    void closeStage() {
        stage.close();
    }

    private void open(OperatorSubtaskState snapshot) throws Exception {
        if (stage != null) {
            stage.close();
        }
        stage = TestingStage.holding(config, snapshot);
        stage.time(1_000);
    }

    @Test
    void recordsThatLostAFieldWaitWithAllLaterOnesOfTheirId() throws Exception {
        learn(ACME);

        lost(ACME, "a");
        known(ACME, "b");
        known(ACME, "a");
        lost(ACME, "c");

        assertThat(sent(ACME)).containsExactly("b");
        assertThat(ledger(ACME))
                .returns(3L, LedgerEntry::parked)
                .returns(0L, LedgerEntry::residual);
    }

    @Test
    void theFirstRecordThatLostAFieldIsToldToTheDetectingStage() throws Exception {
        learn(ACME);
        int samples = observations().size();

        lost(ACME, "a");

        Observation seen = observations().get(samples);
        assertThat(seen.lost()).containsExactly("name");
        assertThat(seen.confirmed()).isFalse();
        assertThat(seen.parked()).isEqualTo(1);
        lost(ACME, "b");
        lost(ACME, "c");
        assertThat(observations().get(observations().size() - 1).confirmed()).isTrue();
    }

    @Test
    void aMendedMappingReleasesThemInOrder() throws Exception {
        learn(ACME);
        lost(ACME, "a");
        lost(ACME, "b");
        known(ACME, "a");
        lost(ACME, "a");

        mend(ACME, 2);
        stage.time(1_010);

        assertThat(sent(ACME)).containsExactly("a", "b", "a", "a");
        assertThat(stage.output().get(stage.output().size() - 1).mappingVersion()).isEqualTo(2);
        assertThat(ledger(ACME))
                .returns(0L, LedgerEntry::parked)
                .returns(0L, LedgerEntry::deadLettered)
                .returns(0L, LedgerEntry::residual);
    }

    @Test
    void aRecordBehindOneThatGoesOnWaitingWaitsToo() throws Exception {
        learn(ACME);
        stage.send(ACME, "{\"Id\":\"a\"}");
        lost(ACME, "a");
        lost(ACME, "b");

        mend(ACME, 2);
        stage.time(1_010);

        assertThat(sent(ACME)).containsExactly("b");
        assertThat(ledger(ACME)).returns(2L, LedgerEntry::parked);
    }

    @Test
    void manyRecordsAreReleasedInBatchesAndNoneIsLostByAKill() throws Exception {
        learn(ACME);
        for (int i = 0; i < 1_200; i++) {
            lost(ACME, "r" + i);
        }
        mend(ACME, 2);
        stage.time(1_001);
        OperatorSubtaskState snapshot = stage.checkpoint();
        int before = sent(ACME).size();

        open(snapshot);
        for (int i = 0; i < 10; i++) {
            stage.time(1_100 + i);
        }

        assertThat(before).isBetween(1, 1_200);
        assertThat(sent(ACME)).hasSize(1_200 - before);
        assertThat(sent(ACME).get(0)).isEqualTo("r" + before);
        assertThat(ledger(ACME))
                .returns(0L, LedgerEntry::parked)
                .returns(0L, LedgerEntry::residual);
    }

    @Test
    void oneOddRecordGoesOnAfterAWhile() throws Exception {
        learnPhone(20);
        known(ACME, "odd");
        for (int i = 0; i < 9; i++) {
            stage.send(ACME, "{\"Id\":\"k%d\",\"Name\":\"n\",\"Phone\":\"1\"}".formatted(i));
        }

        stage.time(3_100);

        assertThat(sent(ACME)).hasSize(10).endsWith("odd");
        assertThat(ledger(ACME)).returns(0L, LedgerEntry::parked);
        assertThat(observations()).noneMatch(Observation::confirmed);
    }

    @Test
    void oneRecordBeforeASilenceGoesOnWhereNothingGoesMissingSilently() throws Exception {
        learn(ACME);
        lost(ACME, "loud");
        learnPhone(600);
        stage.time(10_000);
        assertThat(faults()).containsExactly("AOS-310");

        known(ACME, "silent");
        stage.time(30_000);

        assertThat(faults()).containsExactly("AOS-310");
        assertThat(ledger(ACME)).returns(1L, LedgerEntry::parked);
    }

    @Test
    void nullEmptyAndSparseFieldsAreNoLoss() throws Exception {
        for (int i = 0; i < 20; i++) {
            stage.send(
                    ACME,
                    "{\"Id\":\"s%d\",\"Name\":\"n\"%s}"
                            .formatted(i, i % 2 == 0 ? "" : ",\"Phone\":\"1\""));
        }

        stage.send(ACME, "{\"Id\":\"a\",\"Name\":\"n\",\"Phone\":null}");
        stage.send(ACME, "{\"Id\":\"b\",\"Name\":\"n\"}");
        stage.send(ACME, "{\"Id\":\"c\",\"Name\":\"n\",\"Phone\":\"\",\"New\":1}");

        assertThat(sent(ACME)).hasSize(23);
    }

    @Test
    void valuesThatCanNoLongerBeReadCountAsLost() throws Exception {
        for (int i = 0; i < 20; i++) {
            stage.send(
                    ACME,
                    "{\"Id\":\"s%d\",\"Name\":\"n\",\"CreatedDate\":\"2026-01-01T00:00:00Z\"}"
                            .formatted(i));
        }

        stage.send(ACME, "{\"Id\":\"a\",\"Name\":\"n\",\"CreatedDate\":\"the first of May\"}");

        assertThat(sent(ACME)).hasSize(20);
        assertThat(observations().get(observations().size() - 1).lost())
                .containsExactly("created_at");
    }

    @Test
    void otherStreamsDoNotNotice() throws Exception {
        learn(ACME);
        learn(GLOBEX);

        lost(ACME, "a");
        known(GLOBEX, "a");

        assertThat(sent(GLOBEX)).containsExactly("a");
        mend(ACME, 2);
        stage.time(1_010);
        assertThat(sent(GLOBEX)).containsExactly("a");
    }

    @Test
    void whatDoesNotFitIsADeadLetter() throws Exception {
        config.set(HoldOptions.MAX_RECORDS, 2L);
        open(null);
        learn(ACME);
        lost(ACME, "a");
        lost(ACME, "b");
        lost(ACME, "c");

        assertThat(faults()).containsExactly("AOS-502");
        assertThat(ledger(ACME))
                .returns(2L, LedgerEntry::parked)
                .returns(0L, LedgerEntry::residual);
    }

    @Test
    void whatWaitsTooLongIsADeadLetter() throws Exception {
        learn(ACME);
        lost(ACME, "a");
        lost(ACME, "b");
        lost(ACME, "c");
        stage.time(4_000);
        OperatorSubtaskState snapshot = stage.checkpoint();
        open(snapshot);

        stage.time(HoldOptions.MAX_AGE.defaultValue().toMillis() + 1_001);

        assertThat(faults()).containsExactly("AOS-503", "AOS-503", "AOS-503");
        assertThat(ledger(ACME))
                .returns(0L, LedgerEntry::parked)
                .returns(0L, LedgerEntry::residual);
    }

    @Test
    void aTenantMayHaveThemPassOrBeDeadLetters() throws Exception {
        config.set(HoldOptions.POLICY, DriftPolicy.DEAD_LETTER);
        open(null);
        stage.send(ACME, "{\"Id\":\"p\",\"Name\":\"n\",\"Phone\":\"1\"}");
        learnPhone(20);
        stage.send(ACME, "{\"Id\":\"a\",\"Name\":\"n\"}");
        assertThat(faults()).containsExactly("AOS-501");

        config.set(HoldOptions.POLICY, DriftPolicy.PASS);
        open(null);
        learnPhone(20);
        stage.send(ACME, "{\"Id\":\"a\",\"Name\":\"n\"}");

        assertThat(sent(ACME)).endsWith("a");
        assertThat(observations().get(observations().size() - 1).lost()).containsExactly("phone");
        assertThat(notes(0)).isEqualTo("[]");
        assertThat(notes(stage.output().size() - 1))
                .isEqualTo("[{\"field\":\"phone\",\"kind\":\"null\",\"reason\":\"AOS-501\"}]");
    }

    private String notes(int event) throws IOException {
        return new ObjectMapper()
                .readTree(stage.output().get(event).json())
                .path("changes")
                .toString();
    }

    @Test
    void aTenantSwitchesDetectionOffWhileItRuns() throws Exception {
        learn(ACME);
        learn(GLOBEX);
        lost(ACME, "a");
        lost(GLOBEX, "a");

        stage.receive(control("acme", 2, Map.of("drift-detection", false), Map.of()));
        stage.receive(control("acme", 1, Map.of("drift-detection", true), Map.of()));
        stage.time(1_010);
        known(ACME, "a");
        lost(GLOBEX, "b");

        assertThat(sent(ACME)).containsExactly("a");
        assertThat(faults()).containsExactly("AOS-310");
        assertThat(ledger(ACME))
                .returns(0L, LedgerEntry::parked)
                .returns(0L, LedgerEntry::residual);
        assertThat(ledger(GLOBEX)).returns(2L, LedgerEntry::parked);
    }

    @Test
    void aPolicyForAllSurvivesARestartAndATenantsOwnComesFirst() throws Exception {
        stage.receive(control("*", 1, Map.of(), Map.of("drift", "dead-letter")));
        stage.receive(control("globex", 1, Map.of(), Map.of("drift", "park")));
        open(stage.checkpoint());
        learn(ACME);
        learn(GLOBEX);

        lost(ACME, "a");
        lost(GLOBEX, "a");

        assertThat(faults()).containsExactly("AOS-501");
        assertThat(ledger(GLOBEX)).returns(1L, LedgerEntry::parked);
    }

    private static ControlMessage control(
            String tenant,
            long revision,
            Map<String, Boolean> flags,
            Map<String, String> policies) {
        return new ControlMessage(
                tenant, revision, flags, policies, Map.of(), "jo", null, Instant.EPOCH);
    }

    @Test
    void whereNothingMoreComesOddRecordsGoOn() throws Exception {
        learnPhone(20);
        known(ACME, "odd");
        for (int i = 0; i < 3; i++) {
            stage.send(ACME, "{\"Id\":\"k%d\",\"Name\":\"n\",\"Phone\":\"1\"}".formatted(i));
        }

        stage.end();

        assertThat(sent(ACME)).contains("odd");
    }

    @Test
    void afterARestartTheSameFieldsCount() throws Exception {
        learn(ACME);
        lost(ACME, "a");

        open(stage.checkpoint());
        lost(ACME, "b");
        known(ACME, "a");

        assertThat(sent(ACME)).isEmpty();
        assertThat(ledger(ACME)).returns(3L, LedgerEntry::parked);
    }

    private void learnPhone(int records) throws Exception {
        for (int i = 0; i < records; i++) {
            stage.send(ACME, "{\"Id\":\"seen%d\",\"Name\":\"n\",\"Phone\":\"1\"}".formatted(i));
        }
    }

    private void learn(StreamKey key) throws Exception {
        for (int i = 0; i < 20; i++) {
            stage.send(key, "{\"Id\":\"seen%d\",\"Name\":\"n\"}".formatted(i));
        }
    }

    private void known(StreamKey key, String id) throws Exception {
        stage.send(key, "{\"Id\":\"%s\",\"Name\":\"n\"}".formatted(id));
    }

    private void lost(StreamKey key, String id) throws Exception {
        stage.send(key, "{\"Id\":\"%s\",\"Title\":\"n\"}".formatted(id));
    }

    private void mend(StreamKey key, int version) throws Exception {
        stage.receive(
                registry.append(
                        TestingRegistry.version(
                                key, version, TestingRegistry.nameFrom("[Name, Title]"))));
    }

    /** The ids of the events since the stream was learnt. */
    private List<String> sent(StreamKey key) {
        return stage.output().stream()
                .filter(each -> each.key().equals(key))
                .map(CanonicalEvent::recordId)
                .filter(id -> !id.startsWith("seen"))
                .toList();
    }

    private List<Observation> observations() {
        return stage.side(Canonicalizer.OBSERVATIONS);
    }

    private List<String> faults() {
        return stage.side(Canonicalizer.DEAD_LETTERS).stream()
                .map(each -> each.fault().code())
                .toList();
    }

    private LedgerEntry ledger(StreamKey key) throws Exception {
        stage.checkpoint();
        List<LedgerEntry> all =
                stage.side(Canonicalizer.LEDGER).stream()
                        .filter(each -> each.key().equals(key))
                        .toList();
        return all.get(all.size() - 1);
    }
}
