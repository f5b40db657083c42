package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.drift.DetectDrift;
import io.autonomos.operators.repair.FollowControls;
import io.autonomos.operators.repair.FollowThresholds;
import io.autonomos.operators.repair.PublishRepair;
import io.autonomos.operators.repair.RepairDrift;
import io.autonomos.operators.repair.llm.AskModel;
import io.autonomos.operators.repair.memory.RecallRepairs;
import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.sink.postgres.PostgresSink;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.types.MessageType;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
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
     * Observations, keyed by stream ---> drift events and repair tasks ---> the same with what is
     * remembered and with thresholds ---> proposals, with the tier that the settings for all allow.
     */
    DataStream<RepairProposal> build(
            DataStream<Observation> observations,
            DataStream<ControlMessage> control,
            DataStream<RepairMemory> memories) {
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
                                        hinted(tasks, control, memories),
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

    /** Tasks ---> with thresholds ---> keyed by source: with what is remembered ---> by stream. */
    private static DataStream<RepairTask> hinted(
            DataStream<RepairTask> tasks,
            DataStream<ControlMessage> control,
            DataStream<RepairMemory> memories) {
        DataStream<RepairTask> judged =
                Stage.FOLLOW_THRESHOLDS.mark(
                        tasks.connect(control.broadcast(FollowControls.CONTROLS))
                                .process(
                                        new FollowThresholds(),
                                        TypeInformation.of(RepairTask.class)));
        KeySelector<RepairTask, String> bySource =
                task -> RecallRepairs.key(task.source(), task.key().stream());
        return Stage.RECALL_REPAIRS
                .mark(
                        judged.keyBy(bySource)
                                .connect(
                                        memories.keyBy(
                                                each ->
                                                        RecallRepairs.key(
                                                                each.source(), each.stream())))
                                .process(new RecallRepairs(), TypeInformation.of(RepairTask.class)))
                .keyBy(RepairTask::key);
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
