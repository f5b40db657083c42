package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.registry.VersionGate.Decision;
import io.autonomos.operators.JobMetric;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** The ledger's totals of one subtask, as metrics. */
final class CanonicalizeMetrics {

    private static final String GROUP = "ledger";
    private static final String REGISTRY = "registry";

    final Counter in = new SimpleCounter();
    final Counter canonical = new SimpleCounter();
    final Counter filtered = new SimpleCounter();
    final Counter parked = new SimpleCounter();
    final Counter deadLettered = new SimpleCounter();
    final Counter events = new SimpleCounter();
    final Counter versionsAccepted = new SimpleCounter();
    final Counter versionsRefused = new SimpleCounter();

    void register(MetricGroup operator, IntSupplier streams) {
        MetricGroup group = operator.addGroup(GROUP);
        group.counter(JobMetric.LEDGER_IN.leaf(), in);
        group.counter(JobMetric.LEDGER_CANONICAL.leaf(), canonical);
        group.counter(JobMetric.LEDGER_FILTERED.leaf(), filtered);
        group.counter(JobMetric.LEDGER_PARKED.leaf(), parked);
        group.counter(JobMetric.LEDGER_DEAD_LETTERED.leaf(), deadLettered);
        group.counter(JobMetric.LEDGER_EVENTS.leaf(), events);
        group.gauge(JobMetric.LEDGER_RESIDUAL.leaf(), this::residual);
        group.gauge(JobMetric.LEDGER_STREAMS.leaf(), streams::getAsInt);
        MetricGroup registry = operator.addGroup(REGISTRY);
        registry.counter(JobMetric.REGISTRY_ACCEPTED.leaf(), versionsAccepted);
        registry.counter(JobMetric.REGISTRY_REFUSED.leaf(), versionsRefused);
    }

    /** Counts a decision on a message of the registry. */
    void decided(Decision decision) {
        if (decision.takesEffect()) {
            versionsAccepted.inc();
        } else if (!decision.problems().isEmpty()) {
            versionsRefused.inc();
        }
    }

    private long residual() {
        return in.getCount()
                - canonical.getCount()
                - filtered.getCount()
                - parked.getCount()
                - deadLettered.getCount();
    }
}
