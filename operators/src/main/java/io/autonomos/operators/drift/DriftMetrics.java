package io.autonomos.operators.drift;

import io.autonomos.operators.JobMetric;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** What one subtask found since it started, as metrics. */
final class DriftMetrics {

    private static final String GROUP = "drift";

    final Counter observations = new SimpleCounter();
    final Counter opened = new SimpleCounter();
    final Counter settled = new SimpleCounter();
    private final Map<String, Counter> events = new HashMap<>();

    void register(MetricGroup operator) {
        MetricGroup group = operator.addGroup(GROUP);
        group.counter(JobMetric.DRIFT_OBSERVATIONS.leaf(), observations);
        group.counter(JobMetric.DRIFT_OPENED.leaf(), opened);
        group.counter(JobMetric.DRIFT_SETTLED.leaf(), settled);
        events.put("critical", group.counter(JobMetric.DRIFT_CRITICAL.leaf()));
        events.put("high", group.counter(JobMetric.DRIFT_HIGH.leaf()));
        events.put("medium", group.counter(JobMetric.DRIFT_MEDIUM.leaf()));
        events.put("low", group.counter(JobMetric.DRIFT_LOW.leaf()));
    }

    void told(String severity) {
        Counter counter = events.get(severity);
        if (counter != null) {
            counter.inc();
        }
    }
}
