package io.autonomos.operators.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.Flag;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowControlsTest {

    private TwoInputStreamOperatorTestHarness<RepairProposal, ControlMessage, RepairProposal>
            harness;

    @BeforeEach
    void openStage() throws Exception {
        open(Map.of(), null);
    }

    @AfterEach
    void closeStage() throws Exception {
        harness.close();
    }

    private void open(Map<Flag, Boolean> fixed, OperatorSubtaskState snapshot) throws Exception {
        if (harness != null) {
            harness.close();
        }
        harness =
                new TwoInputStreamOperatorTestHarness<>(
                        new CoBroadcastWithNonKeyedOperator<>(
                                new FollowControls(new Controls(fixed)),
                                List.of(FollowControls.CONTROLS)));
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
    }

    @Test
    void withoutAMessageTiersStayAsTheyAre() throws Exception {
        assertThat(tier("acme", Tier.APPLY)).isEqualTo(Tier.APPLY);
        assertThat(tier("acme", Tier.REVIEW)).isEqualTo(Tier.REVIEW);
        assertThat(tier("acme", Tier.REJECT)).isEqualTo(Tier.REJECT);
    }

    @Test
    void withoutAutoRepairAPersonIsAskedByThatTenantOnly() throws Exception {
        say("acme", 1, Map.of("auto-repair", false));

        assertThat(tier("acme", Tier.APPLY)).isEqualTo(Tier.REVIEW);
        assertThat(tier("globex", Tier.APPLY)).isEqualTo(Tier.APPLY);
    }

    @Test
    void inSafeModeNothingIsAppliedUnaskedAlsoAfterARestart() throws Exception {
        say("*", 1, Map.of("safe-mode", true));
        open(Map.of(), harness.snapshot(1, 1));

        assertThat(tier("acme", Tier.APPLY)).isEqualTo(Tier.REVIEW);
        say("*", 2, Map.of());
        say("*", 1, Map.of("safe-mode", true));
        assertThat(tier("acme", Tier.APPLY)).isEqualTo(Tier.APPLY);
    }

    @Test
    void whereNobodyMayBeAskedItIsRejected() throws Exception {
        say("acme", 1, Map.of("human-review", false, "auto-repair", false));

        assertThat(tier("acme", Tier.APPLY)).isEqualTo(Tier.REJECT);
        assertThat(tier("acme", Tier.REVIEW)).isEqualTo(Tier.REJECT);
    }

    @Test
    void theConfigurationComesFirst() throws Exception {
        open(Map.of(Flag.AUTO_REPAIR, false), null);
        say("acme", 1, Map.of("auto-repair", true));

        assertThat(tier("acme", Tier.APPLY)).isEqualTo(Tier.REVIEW);
    }

    private void say(String tenant, long revision, Map<String, Boolean> flags) throws Exception {
        ControlMessage message =
                new ControlMessage(
                        tenant, revision, flags, Map.of(), Map.of(), "jo", null, Instant.EPOCH);
        harness.processElement2(new StreamRecord<>(message));
    }

    private Tier tier(String tenant, Tier tier) throws Exception {
        RepairProposal.Change change =
                new RepairProposal.Change(
                        "name", List.of("a"), List.of("b"), 0.9, tier, List.of(), List.of());
        RepairProposal.Score score = new RepairProposal.Score(1, 1, 0);
        harness.processElement1(
                new StreamRecord<>(
                        new RepairProposal(
                                "p1",
                                "d1",
                                tenant,
                                "crm",
                                "salesforce",
                                "Account",
                                "account",
                                "m",
                                1,
                                "mapping: m",
                                List.of(change),
                                0.9,
                                tier,
                                score,
                                score,
                                List.of(),
                                1,
                                Instant.EPOCH,
                                Instant.EPOCH)));
        List<RepairProposal> all = harness.extractOutputValues();
        RepairProposal last = all.get(all.size() - 1);
        assertThat(last.changes().get(0).tier()).isEqualTo(last.tier());
        return last.tier();
    }
}
