package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.repair.memory.RememberRepairs;
import io.autonomos.operators.review.ReviewDesk;
import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.sink.postgres.PostgresSink;
import io.autonomos.operators.sink.webhook.WebhookNotifier;
import io.autonomos.operators.source.KafkaSources;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.Notice;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.ReviewRequest;
import io.autonomos.schemas.messages.ReviewedProposal;
import io.autonomos.schemas.types.MessageType;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The part of the job graph in which people decide. */
final class ReviewTopology {

    private final JobSettings settings;

    ReviewTopology(JobSettings settings) {
        this.settings = settings;
    }

    /**
     * Proposals and reviews, keyed by tenant ---> versions for the registry, log, notices; with the
     * versions in the registry ---> what is remembered.
     *
     * @param views of whose rows some may be one; null where none are made
     */
    DataStream<RegistryMessage> build(
            StreamExecutionEnvironment env,
            DataStream<RepairProposal> proposals,
            DataStream<RegistryMessage> mappings,
            ViewTopology.Views views) {
        SingleOutputStreamOperator<ReviewRequest> reviews = reviews(env);
        DataStream<ReviewRequest> ofRepairs =
                Stage.REVIEW.mark(reviews.filter(request -> !isOfMerge(request)), "repairs");
        SingleOutputStreamOperator<ProposalStatus> log =
                Stage.REVIEW.mark(
                        proposals
                                .keyBy(RepairProposal::tenant)
                                .connect(ofRepairs.keyBy(ReviewRequest::tenant))
                                .process(
                                        new ReviewDesk(settings.review()),
                                        MessageType.of(ProposalStatus.class)));
        DataStream<ProposalStatus> whole = log;
        if (views != null) {
            DataStream<ReviewRequest> ofMerges =
                    Stage.CANDIDATES.mark(reviews.filter(ReviewTopology::isOfMerge), "reviews");
            whole = log.union(new CandidateTopology(settings).build(views, ofMerges));
        }
        sink(log, whole);
        remember(log.getSideOutput(ReviewDesk.PROPOSALS), mappings);
        return log.getSideOutput(ReviewDesk.VERSIONS);
    }

    /** Decided proposals and versions, keyed by stream ---> memories ---> Kafka. */
    private void remember(
            DataStream<ReviewedProposal> decided, DataStream<RegistryMessage> mappings) {
        KafkaSinks kafka = new KafkaSinks(settings.kafka(), settings.source().kafkaProperties());
        DataStream<RepairMemory> memories =
                Stage.REMEMBER_REPAIRS.mark(
                        decided.keyBy(each -> each.proposal().key().path())
                                .connect(mappings.keyBy(each -> each.key().path()))
                                .process(
                                        new RememberRepairs(), MessageType.of(RepairMemory.class)));
        Stage.SINK_MEMORY.mark(memories.sinkTo(kafka.memories()));
    }

    /** Whether it can be about a merge candidate; the other desk answers what is no review. */
    private static boolean isOfMerge(ReviewRequest request) {
        return request.fault() == null && MergeCandidate.isId(request.proposalId());
    }

    /** The reviews topic ---> reviews. */
    private SingleOutputStreamOperator<ReviewRequest> reviews(StreamExecutionEnvironment env) {
        String topic = Topics.reviews(settings.kafka().topicPrefix());
        return Stage.SOURCE_REVIEWS.mark(
                env.fromSource(
                        KafkaSources.reviews(settings.source(), topic),
                        WatermarkStrategy.noWatermarks(),
                        Stage.SOURCE_REVIEWS.uid(),
                        MessageType.of(ReviewRequest.class)));
    }

    /** Log and proposals ---> Kafka, PostgreSQL; notices ---> webhook. */
    private void sink(
            SingleOutputStreamOperator<ProposalStatus> log, DataStream<ProposalStatus> whole) {
        KafkaSinks kafka = new KafkaSinks(settings.kafka(), settings.source().kafkaProperties());
        Stage.SINK_REVIEW_LOG.mark(whole.sinkTo(kafka.reviewLog()));
        if (settings.sinks().contains(Store.POSTGRES)) {
            Stage.SINK_POSTGRES_REVIEW_LOG
                    .mark(whole.sinkTo(PostgresSink.reviewLog(settings.postgres())))
                    .disableChaining();
            Stage.SINK_POSTGRES_PROPOSALS
                    .mark(
                            log.getSideOutput(ReviewDesk.PROPOSALS)
                                    .sinkTo(PostgresSink.proposals(settings.postgres())))
                    .disableChaining();
        }
        if (settings.webhook() != null) {
            Stage.SINK_WEBHOOK.mark(
                    log.getSideOutput(ReviewDesk.NOTICES)
                            .keyBy(Notice::key)
                            .process(new WebhookNotifier(settings.webhook()), Types.VOID));
        }
    }
}
