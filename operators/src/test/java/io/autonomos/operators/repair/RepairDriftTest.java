package io.autonomos.operators.repair;

import static io.autonomos.operators.TestingStream.rename;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.mappings.match.MatchModel;
import io.autonomos.operators.TestingStream;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairHints;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing can be interrupted
class RepairDriftTest {

    private static final RepairSettings SETTINGS = RepairSettings.shipped();

    @Test
    void aTaskGivesTheProposalsThatThePlannerMakes() throws Exception {
        TestingStream stream = new TestingStream().send(10, 30, rename("amount", "deal_amount"));

        try (var stage = stage()) {
            stage.open();
            stage.processElement(new StreamRecord<>(stream.task()));
            stage.endInput();

            assertThat(stage.extractOutputValues())
                    .containsExactly(stream.repairs().get(0).proposal());
        }
    }

    @Test
    void ofMoreRecordsThanAllowedTheFirstOnesProveARepair() throws Exception {
        TestingStream stream = new TestingStream().send(40, 340, rename("amount", "deal_amount"));
        RepairTask task = stream.task();
        assertThat(task.records()).hasSize(300);

        try (var stage = stage()) {
            stage.open();
            stage.processElement(new StreamRecord<>(task));
            stage.endInput();

            RepairProposal proposal = stage.extractOutputValues().get(0);
            assertThat(proposal.tier()).isEqualTo(Tier.APPLY);
            assertThat(proposal.after().records()).isEqualTo(SETTINGS.mostRecords());
            assertThat(proposal.after().valid()).isEqualTo(SETTINGS.mostRecords());
            assertThat(proposal.parked()).isEqualTo(300);
        }
    }

    @Test
    void aTaskThatWasUnderWayAtACheckpointIsDoneAgainWithTheSameResult() throws Exception {
        TestingStream stream = new TestingStream().send(10, 30, rename("amount", "deal_amount"));
        OperatorSubtaskState snapshot;
        try (var stage = stage()) {
            stage.open();
            stage.processElement(new StreamRecord<>(stream.task()));
            snapshot = stage.snapshot(1, 1);
        }

        try (var stage = stage()) {
            stage.initializeState(snapshot);
            stage.open();
            stage.endInput();

            assertThat(stage.extractOutputValues())
                    .containsExactly(stream.repairs().get(0).proposal());
        }
    }

    @Test
    void aTaskThatCannotBeWorkedOutHarmsNoOther() throws Exception {
        TestingStream stream = new TestingStream().send(10, 30, rename("amount", "deal_amount"));
        RepairTask task = stream.task();
        RepairTask broken =
                new RepairTask(
                        task.key(),
                        task.source(),
                        task.mapping(),
                        1,
                        new byte[] {9},
                        task.event(),
                        task.lost(),
                        task.suspect(),
                        task.records(),
                        1,
                        1,
                        RepairHints.NONE);

        try (var stage = stage()) {
            stage.open();
            stage.processElement(new StreamRecord<>(broken));
            stage.processElement(new StreamRecord<>(task));
            stage.endInput();

            assertThat(stage.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void whatIsAppliedUnaskedBecomesTheNextMappingVersion() throws Exception {
        TestingStream renamed = new TestingStream().send(10, 30, rename("amount", "deal_amount"));
        TestingStream gone = new TestingStream().send(10, 30, r -> r.remove("stage"));
        RepairProposal proposal = renamed.repairs().get(0).proposal();
        List<RegistryMessage> published = new ArrayList<>();
        PublishRepair publish = new PublishRepair();

        publish.flatMap(proposal, new ListCollector<>(published));
        publish.flatMap(gone.repairs().get(0).proposal(), new ListCollector<>(published));

        assertThat(published).hasSize(1);
        MappingVersion version = published.get(0).version();
        assertThat(version.version()).isEqualTo(2);
        assertThat(version.origin()).isEqualTo(MappingVersion.REPAIR);
        assertThat(version.proposalId()).isEqualTo(proposal.id());
        assertThat(version.content()).isEqualTo(proposal.mapping());
        assertThat(version.at()).isEqualTo(proposal.at());
    }

    @Test
    void thresholdsAreTheFittedOnesUnlessSetAndAreChecked() {
        assertThat(RepairSettings.from(new Configuration())).isEqualTo(RepairSettings.shipped());
        assertThat(RepairSettings.shipped().thresholds())
                .isEqualTo(MatchModel.shipped().thresholds());
        Configuration config = Configuration.fromMap(Map.of("repair.apply-threshold", "0.5"));
        assertThatThrownBy(() -> RepairSettings.from(config))
                .hasMessage(
                        "AOS-705: repair.review-threshold must be 0 to repair.apply-threshold, but"
                                + " was 0.6.");
    }

    private static OneInputStreamOperatorTestHarness<RepairTask, RepairProposal> stage()
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new AsyncWaitOperatorFactory<>(
                        new RepairDrift(SETTINGS), 60_000, 10, OutputMode.UNORDERED),
                TypeInformation.of(RepairTask.class).createSerializer(null));
    }
}
