package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.drift.DetectDrift;
import io.autonomos.operators.repair.FollowControls;
import io.autonomos.operators.repair.PublishRepair;
import io.autonomos.operators.repair.RepairDrift;
import io.autonomos.operators.repair.llm.AskModel;
import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.sink.postgres.PostgresSink;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.types.MessageType;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The part of the job graph in which drift is found and repairs are worked out. */
final class DriftTopology {

    /** Repairs that wait at a subtask before it takes no more tasks. */
    private static final int WAITING = 1_000;

    private final JobSettings settings;

    DriftTopology(JobSettings settings) {
        this.settings = settings;
    }

    /**
     * Observations, keyed by stream ---> drift events and repair tasks ---> proposals, with the
     * tier that the settings for all allow.
     */
    DataStream<RepairProposal> build(
            DataStream<Observation> observations, DataStream<ControlMessage> control) {
        SingleOutputStreamOperator<RepairTask> tasks =
                Stage.DETECT_DRIFT.mark(
                        observations
                                .keyBy(Observation::key)
                                .process(
                                        new DetectDrift(settings.detect()),
                                        TypeInformation.of(RepairTask.class)));
        DataStream<RepairProposal> repairs =
                Stage.REPAIR.mark(
                        AsyncDataStream.unorderedWait(
                                        tasks,
                                        new RepairDrift(settings.repair()),
                                        settings.repair().timeout().toMillis(),
                                        TimeUnit.MILLISECONDS,
                                        WAITING)
                                .returns(MessageType.of(RepairProposal.class)));
        DataStream<RepairProposal> allowed =
                Stage.FOLLOW_CONTROLS.mark(
                        repairs.connect(control.broadcast(FollowControls.CONTROLS))
                                .process(
                                        new FollowControls(settings.canonicalize().controls()),
                                        MessageType.of(RepairProposal.class)));
        DataStream<RepairProposal> proposals =
                settings.llm() == null ? allowed : opinions(allowed, control);
        sink(tasks.getSideOutput(DetectDrift.DRIFTS), proposals);
        return proposals;
    }

    /** Proposals, keyed by tenant ---> the same with a language model's opinion. */
    private DataStream<RepairProposal> opinions(
            DataStream<RepairProposal> proposals, DataStream<ControlMessage> control) {
        return Stage.REPAIR_LLM.mark(
                proposals
                        .keyBy(RepairProposal::tenant)
                        .connect(control.broadcast(FollowControls.CONTROLS))
                        .process(
                                new AskModel(
                                        settings.llm(),
                                        settings.repair().thresholds(),
                                        settings.canonicalize().controls()),
                                MessageType.of(RepairProposal.class)));
    }

    /** Drift events ---> Kafka, PostgreSQL; proposals ---> Kafka. */
    private void sink(DataStream<DriftEvent> drifts, DataStream<RepairProposal> proposals) {
        KafkaSinks kafka = new KafkaSinks(settings.kafka(), settings.source().kafkaProperties());
        Stage.SINK_DRIFT.mark(drifts.sinkTo(kafka.drifts()));
        Stage.SINK_PROPOSALS.mark(proposals.sinkTo(kafka.proposals()));
        if (settings.sinks().contains(Store.POSTGRES)) {
            Stage.SINK_POSTGRES_DRIFT
                    .mark(drifts.sinkTo(PostgresSink.driftEvents(settings.postgres())))
                    .disableChaining();
        }
    }

    /** Proposals that are applied unasked ---> versions for the registry. */
    static DataStream<RegistryMessage> versions(DataStream<RepairProposal> proposals) {
        return Stage.PUBLISH_REPAIRS.mark(
                proposals.flatMap(new PublishRepair()).returns(RegistryMessage.class));
    }
}
