package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.materialize.BlockUpdate;
import io.autonomos.operators.materialize.CandidateBlocks;
import io.autonomos.operators.materialize.CandidateKeys;
import io.autonomos.operators.materialize.Keys;
import io.autonomos.operators.review.MergeDesk;
import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.sink.postgres.PostgresSink;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.MergeNews;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.ReviewRequest;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.MessageType;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/** The part of the job graph that asks people whether two rows are one. */
final class CandidateTopology {

    private final JobSettings settings;

    CandidateTopology(JobSettings settings) {
        this.settings = settings;
    }

    /** Unified rows ---> what they have in common ---> candidates ---> desk ---> review log. */
    DataStream<ProposalStatus> build(ViewTopology.Views views, DataStream<ReviewRequest> reviews) {
        SingleOutputStreamOperator<ViewChange> rows =
                Stage.CANDIDATES.mark(views.changes().filter(CandidateKeys::concerns), "rows");
        // They come from the stage that is keyed by the same, so they need not travel.
        DataStream<BlockUpdate> updates =
                Stage.CANDIDATES.mark(
                        DataStreamUtils.reinterpretAsKeyedStream(rows, Keys::row, Types.STRING)
                                .process(new CandidateKeys(), Form.typeOf(new BlockUpdate.Sent())),
                        "keys");
        DataStream<MergeNews> news =
                Stage.CANDIDATES.mark(
                        updates.keyBy(BlockUpdate::blockKey)
                                .process(new CandidateBlocks(), MessageType.of(MergeNews.class)));
        DataStream<MergeNews> decided =
                Stage.CANDIDATES.mark(
                        views.merges()
                                .flatMap(CandidateTopology::apart)
                                .returns(MessageType.of(MergeNews.class))
                                .setParallelism(1),
                        "decided");
        SingleOutputStreamOperator<ProposalStatus> log =
                Stage.CANDIDATES.mark(
                        news.union(decided)
                                .keyBy(MergeNews::tenant)
                                .connect(reviews.keyBy(ReviewRequest::tenant))
                                .process(new MergeDesk(), MessageType.of(ProposalStatus.class)),
                        "desk");
        sink(log);
        return log;
    }

    /** Candidates and decisions ---> Kafka; candidates as they stand ---> PostgreSQL. */
    private void sink(SingleOutputStreamOperator<ProposalStatus> log) {
        KafkaSinks kafka = new KafkaSinks(settings.kafka(), settings.source().kafkaProperties());
        Stage.SINK_CANDIDATES.mark(
                log.getSideOutput(MergeDesk.CANDIDATES).sinkTo(kafka.mergeCandidates()));
        Stage.SINK_MERGES.mark(log.getSideOutput(MergeDesk.DECISIONS).sinkTo(kafka.merges()));
        if (settings.sinks().contains(Store.POSTGRES)) {
            Stage.SINK_POSTGRES_CANDIDATES
                    .mark(
                            log.getSideOutput(MergeDesk.STANDING)
                                    .sinkTo(PostgresSink.mergeCandidates(settings.postgres())))
                    .disableChaining();
        }
    }

    /** Passes on which pairs are not to be asked about. */
    private static void apart(MergeDecision decision, Collector<MergeNews> out) {
        if (decision.isOfPair()) {
            out.collect(MergeNews.of(decision));
        }
    }
}
