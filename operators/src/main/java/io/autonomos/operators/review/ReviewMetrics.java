package io.autonomos.operators.review;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.messages.ProposalStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what happens to proposals. */
final class ReviewMetrics {

    private static final String GROUP = "review";

    private final Counter queued;
    private final Counter decided;
    private final Counter refused;
    private final Counter expired;
    private final Counter superseded;

    ReviewMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup(GROUP);
        queued = group.counter(JobMetric.REVIEW_QUEUED.leaf());
        decided = group.counter(JobMetric.REVIEW_DECIDED.leaf());
        refused = group.counter(JobMetric.REVIEW_REFUSED.leaf());
        expired = group.counter(JobMetric.REVIEW_EXPIRED.leaf());
        superseded = group.counter(JobMetric.REVIEW_SUPERSEDED.leaf());
    }

    void count(ProposalStatus entry) {
        switch (entry.status()) {
            case ProposalStatus.PENDING -> queued.inc();
            case ProposalStatus.EXPIRED -> expired.inc();
            case ProposalStatus.REFUSED -> refused.inc();
            case ProposalStatus.SUPERSEDED -> superseded.inc();
            case ProposalStatus.APPLIED -> {
                // The repair stage counts it.
            }
            default -> decided.inc();
        }
    }
}
