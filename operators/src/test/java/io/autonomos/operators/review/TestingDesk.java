package io.autonomos.operators.review;

import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.Notice;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.messages.ReviewRequest;
import io.autonomos.schemas.messages.ReviewedProposal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The review stage alone, with proposals and reviews put in by hand. */
final class TestingDesk implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-31T08:00:00Z");
    static final Duration EXPIRY = Duration.ofDays(7);
    static final Duration WAIT = Duration.ofMinutes(1);
    static final Duration RETENTION = Duration.ofDays(30);

    private static final ReviewSettings SETTINGS = new ReviewSettings(WAIT, RETENTION);

    private final KeyedTwoInputStreamOperatorTestHarness<
                    String, RepairProposal, ReviewRequest, ProposalStatus>
            harness;
    private Instant now;
    private long checkpoint;

    private TestingDesk(OperatorSubtaskState state, long restored, Instant now) throws Exception {
        harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(new ReviewDesk(SETTINGS)),
                        RepairProposal::tenant,
                        ReviewRequest::tenant,
                        Types.STRING);
        this.now = now;
        checkpoint = restored;
        if (state != null) {
            harness.setRestoredCheckpointId(restored);
            harness.initializeState(state);
        }
        harness.open();
        harness.setProcessingTime(now.toEpochMilli());
    }

    static TestingDesk open() throws Exception {
        return new TestingDesk(null, 0, START);
    }

    /** What a restart makes of a snapshot of this desk. */
    TestingDesk restart(OperatorSubtaskState snapshot) throws Exception {
        return new TestingDesk(snapshot, checkpoint, now);
    }

    void propose(RepairProposal proposal) throws Exception {
        harness.processElement1(new StreamRecord<>(proposal));
    }

    void review(Review review) throws Exception {
        review(ReviewRequest.of(review));
    }

    void review(ReviewRequest request) throws Exception {
        harness.processElement2(new StreamRecord<>(request));
    }

    void pass(Duration time) throws Exception {
        now = now.plus(time);
        harness.setProcessingTime(now.toEpochMilli());
    }

    /** A checkpoint that completes. */
    OperatorSubtaskState checkpoint() throws Exception {
        OperatorSubtaskState state = snapshot();
        complete();
        return state;
    }

    /** A checkpoint that is not complete yet. */
    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(++checkpoint, 0);
    }

    void complete() throws Exception {
        harness.notifyOfCompletedCheckpoint(checkpoint);
        pass(Duration.ofMillis(100));
    }

    List<ProposalStatus> log() {
        return harness.extractOutputValues();
    }

    /** Proposal, status and who, of each line of the log. */
    List<String> lines() {
        return log().stream()
                .map(each -> "%s %s %s".formatted(each.proposalId(), each.status(), each.by()))
                .toList();
    }

    ProposalStatus last() {
        return log().get(log().size() - 1);
    }

    /** The error code of the log's last line. */
    String code() {
        return last().problems().get(0).code();
    }

    List<MappingVersion> versions() {
        return side(ReviewDesk.VERSIONS).stream().map(RegistryMessage::version).toList();
    }

    List<Notice> notices() {
        return side(ReviewDesk.NOTICES);
    }

    List<ReviewedProposal> rows() {
        return side(ReviewDesk.PROPOSALS);
    }

    private <T> List<T> side(OutputTag<T> tag) {
        var queue = harness.getSideOutput(tag);
        return queue == null ? List.of() : queue.stream().map(StreamRecord::getValue).toList();
    }

    int entries() {
        return harness.numKeyedStateEntries();
    }

    int timers() {
        return harness.numProcessingTimeTimers();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("The stage did not close.", e);
        }
    }
}
