package io.autonomos.operators.review;

import io.autonomos.operators.CheckpointGate;
import io.autonomos.operators.review.ReviewRules.Outcome;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict.Problem;
import io.autonomos.schemas.messages.Notice;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.messages.ReviewRequest;
import io.autonomos.schemas.messages.ReviewedProposal;
import io.autonomos.schemas.messages.Tier;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps proposals until a person has decided, keyed by tenant: a review of another tenant finds no
 * proposal.
 *
 * <p>Proposals and reviews come in; the review log goes out, with each proposal at each status, the
 * versions of what was approved or edited, and notices for people, as side outputs. The first
 * decision counts; a review that is read again changes nothing. A decision's version goes out only
 * when a checkpoint has the decision, so that a restart cannot decide otherwise; until the next
 * checkpoint a restart repeats it, which changes nothing either. State: {@link ReviewBook} and
 * {@link VersionOutbox}.
 */
public final class ReviewDesk
        extends KeyedCoProcessFunction<String, RepairProposal, ReviewRequest, ProposalStatus>
        implements CheckpointedFunction, CheckpointListener {

    /** Versions to publish. */
    public static final OutputTag<RegistryMessage> VERSIONS =
            new OutputTag<>("versions", TypeInformation.of(RegistryMessage.class));

    /** Proposals with their latest status. */
    public static final OutputTag<ReviewedProposal> PROPOSALS =
            new OutputTag<>("proposals", MessageType.of(ReviewedProposal.class));

    /** What people are told. */
    public static final OutputTag<Notice> NOTICES =
            new OutputTag<>("notices", MessageType.of(Notice.class));

    private static final long serialVersionUID = 1L;

    /** How soon after a checkpoint a version goes out. */
    private static final long POLL_MS = 50;

    private final ReviewSettings settings;

    private transient ReviewBook book;
    private transient ReviewMetrics metrics;
    private transient CheckpointGate gate;
    private transient VersionOutbox outbox;

    public ReviewDesk(ReviewSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        gate = new CheckpointGate(context.getRestoredCheckpointId());
        book = new ReviewBook(context.getKeyedStateStore());
        outbox = new VersionOutbox(context.getKeyedStateStore(), gate);
    }

    @Override
    public void open(OpenContext context) {
        metrics = new ReviewMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        gate.begun(context.getCheckpointId());
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        gate.completed(checkpoint);
    }

    @Override
    public void processElement1(
            RepairProposal proposal, Context context, Collector<ProposalStatus> log)
            throws Exception {
        Desk desk = new Desk(context, log);
        ReviewCase known = book.find(proposal.id());
        if (known != null && !known.isSupersededBefore(proposal.at())) {
            desk.keep(known, proposal.at());
            return;
        }
        desk.take(proposal);
        for (Review each : book.takeWaiting(proposal.id(), Instant.MAX)) {
            desk.decide(book.find(proposal.id()), each);
        }
    }

    @Override
    public void processElement2(
            ReviewRequest request, Context context, Collector<ProposalStatus> log)
            throws Exception {
        Desk desk = new Desk(context, log);
        if (request.fault() != null) {
            desk.refuse(request);
            return;
        }
        Review review = request.review();
        ReviewCase found = book.find(review.proposalId());
        if (found != null) {
            desk.decide(found, review);
            return;
        }
        Instant until = desk.now.plus(settings.waitForProposal());
        if (book.await(review, until)) {
            desk.remind(until, review.proposalId());
        } else {
            desk.refuse(null, review, List.of(ReviewRules.unknown(review.proposalId())));
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<ProposalStatus> log)
            throws Exception {
        Desk desk = new Desk(context, log);
        for (String proposal : book.takeDue(time)) {
            ReviewCase found = book.find(proposal);
            if (found == null) {
                for (Review each : book.takeWaiting(proposal, desk.now)) {
                    desk.refuse(null, each, List.of(ReviewRules.unknown(proposal)));
                }
            } else if (!found.due().isAfter(desk.now)) {
                desk.due(found);
            }
        }
        desk.release();
    }

    /** The work on one element, with what Flink hands in for it. */
    private final class Desk {

        private final Context context;
        private final Collector<ProposalStatus> log;
        private final String tenant;
        private final Instant now;

        Desk(Context context, Collector<ProposalStatus> log) {
            this.context = context;
            this.log = log;
            tenant = context.getCurrentKey();
            now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        }

        void take(RepairProposal proposal) throws Exception {
            ReviewCase added = ReviewCase.of(proposal, ReviewRules.candidate(proposal));
            StreamKey key = proposal.key();
            StreamCases others = book.stream(key);
            boolean late = others.compare(added) < 0;
            book.put(added);
            book.put(key, others.with(added));
            supersedeBefore(added, others);
            if (proposal.tier() == Tier.APPLY) {
                close(
                        added,
                        ProposalStatus.byJob(
                                proposal, ProposalStatus.APPLIED, added.candidate(), null, now));
            } else if (late) {
                supersede(added, "a newer proposal was there before");
            } else {
                emit(
                        proposal,
                        ProposalStatus.byJob(proposal, ProposalStatus.PENDING, 0, null, now));
                remind(proposal.expiresAt(), proposal.id());
                if (proposal.tier() == Tier.REVIEW) {
                    context.output(NOTICES, NoticeText.queued(proposal));
                }
            }
        }

        /** A proposal that was made again: it is as new as those that were made with it. */
        void keep(ReviewCase known, Instant at) throws Exception {
            if (!known.isPending() || !at.isAfter(known.at())) {
                return;
            }
            ReviewCase again = known.madeAgain(at);
            StreamKey key = again.key(tenant);
            StreamCases others = book.stream(key);
            book.put(again);
            book.put(key, others.newest(again));
            supersedeBefore(again, others);
        }

        void decide(ReviewCase found, Review review) throws Exception {
            if (found.knows(review.id())) {
                return;
            }
            ReviewCase current = found;
            if (found.isPending() && !found.due().isAfter(now)) {
                due(found);
                current = book.find(found.id());
            }
            current = current.answered(review.id());
            StreamCases others = book.stream(current.key(tenant));
            List<ReviewCase> siblings = book.siblings(tenant, current);
            Outcome outcome = ReviewRules.decide(current, review, others.applied(), siblings);
            if (outcome.status() == null) {
                book.put(current);
                refuse(current, review, outcome.problems());
                return;
            }
            int number = outcome.version() == null ? 0 : outcome.version().version();
            close(
                    current,
                    ProposalStatus.byReview(
                            current.proposal(), outcome.status(), number, review, now));
            if (!review.decision().equals(Review.APPROVE)) {
                for (ReviewCase each : siblings) {
                    if (each.buildsOn(current)) {
                        book.put(each.withoutCandidate());
                    }
                }
            }
            if (outcome.version() != null) {
                outbox.hold(tenant, current.id(), RegistryMessage.of(outcome.version()));
                wake(now.toEpochMilli() + POLL_MS);
                for (String each : others.pending()) {
                    ReviewCase other = book.find(each);
                    if (other.isPending() && other.hasCandidate() && other.candidate() <= number) {
                        supersede(other, "version %d took its place".formatted(number));
                    }
                }
            }
        }

        /** A pending case expires, any other is forgotten. */
        void due(ReviewCase found) throws Exception {
            if (!found.isPending()) {
                book.remove(tenant, found);
                return;
            }
            RepairProposal proposal = found.proposal();
            String why = "nobody decided until " + proposal.expiresAt();
            close(found, ProposalStatus.byJob(proposal, ProposalStatus.EXPIRED, 0, why, now));
            context.output(NOTICES, NoticeText.escalated(proposal));
        }

        private void supersedeBefore(ReviewCase newer, StreamCases others) throws Exception {
            for (String each : others.pending()) {
                ReviewCase other = book.find(each);
                if (newer.compareAge(other.base(), other.at()) > 0) {
                    supersede(other, "a newer proposal came");
                }
            }
        }

        private void supersede(ReviewCase found, String why) throws Exception {
            close(
                    found,
                    ProposalStatus.byJob(found.proposal(), ProposalStatus.SUPERSEDED, 0, why, now));
        }

        private void close(ReviewCase found, ProposalStatus entry) throws Exception {
            Instant forgetAt = now.plus(settings.retention());
            book.put(found.closed(entry.status(), entry.by(), forgetAt));
            StreamKey key = found.key(tenant);
            book.put(key, book.stream(key).closed(found.id(), entry.version()));
            remind(forgetAt, found.id());
            emit(found.proposal(), entry);
        }

        private void emit(RepairProposal proposal, ProposalStatus entry) {
            metrics.count(entry);
            log.collect(entry);
            context.output(PROPOSALS, new ReviewedProposal(proposal, entry));
        }

        void refuse(ReviewRequest request) {
            Fault fault = request.fault();
            Problem problem = new Problem(fault.code(), 0, 0, fault.message(), null);
            refuse(ProposalStatus.refused(request, null, List.of(problem), now));
        }

        void refuse(ReviewCase found, Review review, List<Problem> problems) {
            StreamKey key = found == null ? null : found.key(tenant);
            refuse(ProposalStatus.refused(ReviewRequest.of(review), key, problems, now));
        }

        private void refuse(ProposalStatus entry) {
            metrics.count(entry);
            log.collect(entry);
        }

        /** Lets go the versions whose decisions are in a checkpoint. */
        void release() throws Exception {
            for (RegistryMessage each : outbox.release(tenant)) {
                context.output(VERSIONS, each);
            }
            if (!outbox.isEmpty()) {
                wake(now.toEpochMilli() + POLL_MS);
            }
        }

        void remind(Instant at, String proposal) throws Exception {
            // Rounded up: a timer that fires too early would find nothing due.
            long time = at.plusNanos(999_999).toEpochMilli();
            book.remind(time, proposal);
            wake(time);
        }

        private void wake(long time) {
            context.timerService().registerProcessingTimeTimer(time);
        }
    }
}
