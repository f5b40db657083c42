package io.autonomos.operators.review;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.MappingVerdict.Problem;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.MergeNews;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.messages.ReviewRequest;
import io.autonomos.schemas.messages.ReviewedMerge;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps merge candidates until a person has decided, keyed by tenant: a review of another tenant
 * finds none.
 *
 * <p>News of candidates and reviews come in; the review log goes out, with the candidates that
 * wait, how each one stands and what was decided as side outputs. A candidate is asked about once:
 * what was rejected is never asked again, not by a job without state either, since rejections come
 * in with the news; and what a merge made one is not taken back by the row that went with it. A
 * later decision takes an earlier one back.
 *
 * <p>State per tenant: a case per candidate that waits or was decided. What is withdrawn undecided
 * is forgotten; decisions stay, since they are asked for as long as the rows can come again.
 */
public final class MergeDesk
        extends KeyedCoProcessFunction<String, MergeNews, ReviewRequest, ProposalStatus> {

    /** Candidates that people are asked about; a later one of the same id takes its place. */
    public static final OutputTag<MergeCandidate> CANDIDATES =
            new OutputTag<>("merge-candidates", MessageType.of(MergeCandidate.class));

    /** What was approved or rejected, or taken back. */
    public static final OutputTag<MergeDecision> DECISIONS =
            new OutputTag<>("merge-decisions", MessageType.of(MergeDecision.class));

    /** Each candidate as it stands, whenever it or its status changes. */
    public static final OutputTag<ReviewedMerge> STANDING =
            new OutputTag<>("merges-standing", MessageType.of(ReviewedMerge.class));

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String CASES_STATE = "merge-cases";

    private transient MapState<String, MergeCase> cases;
    private transient ReviewMetrics metrics;

    @Override
    public void open(OpenContext context) {
        cases =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        CASES_STATE,
                                        Types.STRING,
                                        MessageType.of(MergeCase.class)));
        metrics = new ReviewMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement1(MergeNews news, Context context, Collector<ProposalStatus> log)
            throws Exception {
        if (news.decided() != null) {
            remember(news.decided(), context, log);
            return;
        }
        MergeCandidate candidate = news.candidate();
        MergeCase found = cases.get(candidate.id());
        if (found == null) {
            if (!news.gone()) {
                cases.put(candidate.id(), MergeCase.of(candidate));
                context.output(CANDIDATES, candidate);
                emit(candidate, pending(candidate), context, log);
            }
            return;
        }
        if (!found.isWaiting()) {
            return;
        }
        MergeCase next = found;
        for (String rule : candidate.rules()) {
            next = next.with(rule, news.gone());
        }
        if (next.candidate().rules().isEmpty()) {
            cases.remove(candidate.id());
            emit(
                    found.candidate(),
                    ProposalStatus.ofMerge(
                            found.candidate(),
                            ProposalStatus.SUPERSEDED,
                            null,
                            "the rows are not alike any more",
                            candidate.at()),
                    context,
                    log);
        } else if (!next.candidate().rules().equals(found.candidate().rules())) {
            cases.put(candidate.id(), next);
            context.output(CANDIDATES, next.candidate());
            context.output(
                    STANDING, new ReviewedMerge(next.candidate(), pending(next.candidate())));
        }
    }

    /** What this desk has decided counts; what comes back of it changes nothing. */
    private void remember(MergeDecision decided, Context context, Collector<ProposalStatus> log)
            throws Exception {
        String id = decided.candidateId();
        MergeCase found = cases.get(id);
        boolean isApart = decided.into() == null;
        if (found == null && isApart) {
            cases.put(id, MergeCase.of(decided));
        } else if (found != null && found.isWaiting() && isApart) {
            cases.put(id, found.rejected(decided.by()));
            String reason = "rejected before, by " + decided.by();
            emit(
                    found.candidate(),
                    ProposalStatus.ofMerge(
                            found.candidate(), ProposalStatus.REJECTED, null, reason, decided.at()),
                    context,
                    log);
        } else if (found != null && found.isRemembered() && !isApart) {
            cases.remove(id);
        }
    }

    @Override
    public void processElement2(
            ReviewRequest request, Context context, Collector<ProposalStatus> log)
            throws Exception {
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        Review review = request.review();
        MergeCase found = cases.get(review.proposalId());
        if (found != null && found.knows(review.id())) {
            return;
        }
        Problem problem = problem(found, review);
        if (problem != null) {
            log(ProposalStatus.refused(request, null, List.of(problem), now), log);
            return;
        }
        MergeCandidate candidate = found.candidate();
        String status = status(review);
        cases.put(candidate.id(), found.decided(status, review.by(), review.id()));
        emit(
                candidate,
                ProposalStatus.ofMerge(candidate, status, review, review.reason(), now),
                context,
                log);
        tell(found, status, review, context);
    }

    /** Moves the row, and remembers whether the pair is asked about, where either changes. */
    private static void tell(MergeCase found, String status, Review review, Context context) {
        boolean isMerged = status.equals(ProposalStatus.APPROVED);
        if (isMerged || found.status().equals(ProposalStatus.APPROVED)) {
            context.output(DECISIONS, decision(found.candidate(), isMerged, null, review));
        }
        if (!isMerged || found.status().equals(ProposalStatus.REJECTED)) {
            String other = found.candidate().into();
            context.output(DECISIONS, decision(found.candidate(), isMerged, other, review));
        }
    }

    private static MergeDecision decision(
            MergeCandidate candidate, boolean isMerged, String other, Review review) {
        return new MergeDecision(
                candidate.tenant(),
                candidate.entity(),
                candidate.from(),
                isMerged ? candidate.into() : null,
                other,
                candidate.id(),
                review.by(),
                review.reason(),
                review.at());
    }

    private static Problem problem(MergeCase found, Review review) {
        if (found == null) {
            return ReviewRules.unknown(review.proposalId());
        }
        if (review.decision().equals(Review.EDIT)) {
            return ReviewRules.problem(ErrorCode.MERGE_EDIT, review.proposalId(), "");
        }
        return found.status().equals(status(review))
                ? ReviewRules.problem(
                        ErrorCode.PROPOSAL_DECIDED,
                        review.proposalId(),
                        ": it is %s by %s".formatted(found.status(), found.by()))
                : null;
    }

    private static String status(Review review) {
        return review.decision().equals(Review.APPROVE)
                ? ProposalStatus.APPROVED
                : ProposalStatus.REJECTED;
    }

    private static ProposalStatus pending(MergeCandidate candidate) {
        return ProposalStatus.ofMerge(
                candidate, ProposalStatus.PENDING, null, null, candidate.at());
    }

    private void emit(
            MergeCandidate candidate,
            ProposalStatus entry,
            Context context,
            Collector<ProposalStatus> log) {
        context.output(STANDING, new ReviewedMerge(candidate, entry));
        log(entry, log);
    }

    private void log(ProposalStatus entry, Collector<ProposalStatus> log) {
        metrics.count(entry);
        log.collect(entry);
    }
}
