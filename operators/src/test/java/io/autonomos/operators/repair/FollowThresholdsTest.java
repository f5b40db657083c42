package io.autonomos.operators.repair;

import static io.autonomos.operators.TestingStream.rename;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.match.Thresholds;
import io.autonomos.operators.TestingStream;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.RepairHints;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.RepairThreshold;
import io.autonomos.schemas.messages.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowThresholdsTest {

    private static final Thresholds JOB = new Thresholds(0.85, 0.6);
    private static final RepairTask TASK =
            new TestingStream().send(60, 80, rename("chance", "score")).task();
    private static final String TENANT = TASK.key().tenant();

    private TwoInputStreamOperatorTestHarness<RepairTask, ControlMessage, RepairTask> harness;

    @BeforeEach
    void openStage() throws Exception {
        harness = harness();
        harness.open();
    }

    private static TwoInputStreamOperatorTestHarness<RepairTask, ControlMessage, RepairTask>
            harness() throws Exception {
        return new TwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithNonKeyedOperator<>(
                        new FollowThresholds(), List.of(FollowControls.CONTROLS)));
    }

    @AfterEach
    void closeStage() throws Exception {
        harness.close();
    }

    @Test
    void aTaskIsToldTheThresholdsOfItsTenantBeforeThoseOfAllAlsoAfterARestart() throws Exception {
        RepairThreshold forAll = new RepairThreshold(null, null, "name", 0.9, null);
        RepairThreshold own = new RepairThreshold(null, null, null, 0.5, 0.4);
        say("*", 1, forAll);
        say(TENANT, 1, own);
        say("globex", 1, new RepairThreshold(null, null, null, 0.0, 0.0));
        var snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();

        assertThat(told()).containsExactly(own, forAll);
        say(TENANT, 2);
        assertThat(told()).containsExactly(forAll);
        say(TENANT, 1, own);
        assertThat(told()).containsExactly(forAll);
    }

    @Test
    void theMostSpecificThresholdCountsForEachFigureByItself() {
        FieldThresholds thresholds =
                thresholds(
                        new RepairThreshold("salesforce", "opportunity", "amount", 0.99, null),
                        new RepairThreshold("salesforce", null, null, 0.9, 0.8));

        assertThat(thresholds.of("amount")).isEqualTo(new Thresholds(0.99, 0.8));
        assertThat(thresholds.of("stage")).isEqualTo(new Thresholds(0.9, 0.8));
        assertThat(thresholds().of("stage")).isEqualTo(JOB);
    }

    @Test
    void thresholdsOfAnotherSourceEntityOrFieldDoNotCount() {
        FieldThresholds thresholds =
                thresholds(
                        new RepairThreshold("hubspot", null, null, 0.1, 0.1),
                        new RepairThreshold(null, "account", null, 0.1, 0.1),
                        new RepairThreshold(null, null, "stage", 0.1, 0.1));

        assertThat(thresholds.of("amount")).isEqualTo(JOB);
    }

    @Test
    void askingNeverBeginsAboveApplying() {
        assertThat(thresholds(new RepairThreshold(null, null, null, 0.3, null)).of("stage"))
                .isEqualTo(new Thresholds(0.3, 0.3));
    }

    @Test
    void aThresholdDecidesWhatIsAppliedAskedAboutAndRefused() {
        Consumer<Map<String, Object>> change = rename("chance", "score");

        assertThat(tier(change, 0.85, 0.6)).isEqualTo(Tier.REVIEW);
        assertThat(tier(change, 0.65, 0.6)).isEqualTo(Tier.APPLY);
        assertThat(tier(change, 0.85, 0.7)).isEqualTo(Tier.REJECT);
    }

    @Test
    void moneyNeedsEvidenceFromValuesHoweverLowTheThresholdIs() {
        Consumer<Map<String, Object>> money =
                record -> {
                    record.put("worth", 9_000_000 + (double) record.remove("amount"));
                    record.put("fee", 9_000_000 + record.get("id").hashCode() % 1000);
                };

        RepairProposal proposal = proposal(money, 0.0, 0.0);
        assertThat(proposal.tier()).isEqualTo(Tier.REVIEW);
        assertThat(proposal.changes().get(0).evidence())
                .filteredOn(each -> each.kind().equals("limit"))
                .extracting(RepairProposal.Evidence::note)
                .containsExactly(
                        "at most asked: ids, money and personal data need evidence from values");
    }

    @Test
    void aFieldThatIsGoneIsNeverAppliedHoweverLowTheThresholdIs() {
        assertThat(tier(record -> record.remove("stage"), 0.0, 0.0)).isEqualTo(Tier.REVIEW);
    }

    private static Tier tier(Consumer<Map<String, Object>> change, double apply, double review) {
        return proposal(change, apply, review).tier();
    }

    private static RepairProposal proposal(
            Consumer<Map<String, Object>> change, double apply, double review) {
        RepairThreshold threshold = new RepairThreshold("shop", null, null, apply, review);
        return new TestingStream()
                .send(60, 80, change)
                .repairs(new RepairHints(List.of(), List.of(threshold)))
                .get(0)
                .proposal();
    }

    private static FieldThresholds thresholds(RepairThreshold... rules) {
        return new FieldThresholds(JOB, List.of(rules), "salesforce", "opportunity");
    }

    private void say(String tenant, long revision, RepairThreshold... thresholds) throws Exception {
        harness.processElement2(
                new StreamRecord<>(
                        new ControlMessage(
                                tenant,
                                revision,
                                Map.of(),
                                Map.of(),
                                Map.of(),
                                List.of(thresholds),
                                "jo",
                                null,
                                Instant.EPOCH)));
    }

    private List<RepairThreshold> told() throws Exception {
        harness.processElement1(new StreamRecord<>(TASK));
        List<RepairTask> all = harness.extractOutputValues();
        return all.get(all.size() - 1).hints().thresholds();
    }
}
