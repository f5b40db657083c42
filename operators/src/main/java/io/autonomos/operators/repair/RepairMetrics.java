package io.autonomos.operators.repair;

import io.autonomos.operators.JobMetric;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** What one subtask worked out since it started, as metrics; counted by many threads. */
final class RepairMetrics {

    private static final String GROUP = "repair";

    final Counter failed = new ThreadSafeSimpleCounter();
    private final Map<String, Counter> byTier =
            Map.of(
                    "apply", new ThreadSafeSimpleCounter(),
                    "review", new ThreadSafeSimpleCounter(),
                    "reject", new ThreadSafeSimpleCounter());

    void register(MetricGroup operator) {
        MetricGroup group = operator.addGroup(GROUP);
        group.counter(JobMetric.REPAIR_APPLY.leaf(), byTier.get("apply"));
        group.counter(JobMetric.REPAIR_REVIEW.leaf(), byTier.get("review"));
        group.counter(JobMetric.REPAIR_REJECT.leaf(), byTier.get("reject"));
        group.counter(JobMetric.REPAIR_FAILED.leaf(), failed);
    }

    void made(String tier) {
        byTier.get(tier).inc();
    }
}
