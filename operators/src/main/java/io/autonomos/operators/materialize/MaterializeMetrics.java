package io.autonomos.operators.materialize;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.ViewChange;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** The totals of one subtask, as metrics. */
final class MaterializeMetrics {

    private static final String GROUP = "views";

    private final Counter applied = new SimpleCounter();
    private final Counter duplicate = new SimpleCounter();
    private final Counter stale = new SimpleCounter();
    private final Counter changed = new SimpleCounter();
    private final Counter gone = new SimpleCounter();

    void registerVersions(MetricGroup operator) {
        MetricGroup group = operator.addGroup(GROUP);
        group.counter(JobMetric.VIEWS_APPLIED.leaf(), applied);
        group.counter(JobMetric.VIEWS_DUPLICATE.leaf(), duplicate);
        group.counter(JobMetric.VIEWS_STALE.leaf(), stale);
    }

    void registerRows(MetricGroup operator) {
        MetricGroup group = operator.addGroup(GROUP);
        group.counter(JobMetric.VIEWS_CHANGED.leaf(), changed);
        group.counter(JobMetric.VIEWS_GONE.leaf(), gone);
    }

    void add(RecordVersion.Order order) {
        switch (order) {
            case NEWER -> applied.inc();
            case SAME -> duplicate.inc();
            case OLDER -> stale.inc();
        }
    }

    void add(ViewChange change) {
        (change.isDelete() ? gone : changed).inc();
    }
}
