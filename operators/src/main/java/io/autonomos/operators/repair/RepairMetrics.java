package io.autonomos.operators.repair;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.messages.Tier;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** What one subtask worked out since it started, as metrics; counted by many threads. */
final class RepairMetrics {

    private static final String GROUP = "repair";

    final Counter failed = new ThreadSafeSimpleCounter();
    private final Map<Tier, Counter> byTier =
            new EnumMap<>(
                    Map.of(
                            Tier.APPLY, new ThreadSafeSimpleCounter(),
                            Tier.REVIEW, new ThreadSafeSimpleCounter(),
                            Tier.REJECT, new ThreadSafeSimpleCounter()));

    void register(MetricGroup operator) {
        MetricGroup group = operator.addGroup(GROUP);
        group.counter(JobMetric.REPAIR_APPLY.leaf(), byTier.get(Tier.APPLY));
        group.counter(JobMetric.REPAIR_REVIEW.leaf(), byTier.get(Tier.REVIEW));
        group.counter(JobMetric.REPAIR_REJECT.leaf(), byTier.get(Tier.REJECT));
        group.counter(JobMetric.REPAIR_FAILED.leaf(), failed);
    }

    void made(Tier tier) {
        byTier.get(tier).inc();
    }
}
