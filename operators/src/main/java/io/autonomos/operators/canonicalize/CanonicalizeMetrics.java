package io.autonomos.operators.canonicalize;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** The ledger's totals of one subtask, as metrics under the group {@value #GROUP}. */
final class CanonicalizeMetrics {

    static final String GROUP = "ledger";
    static final String IN = "in";
    static final String CANONICAL = "canonical";
    static final String FILTERED = "filtered";
    static final String PARKED = "parked";
    static final String DEAD_LETTERED = "deadLettered";
    static final String EVENTS = "events";
    static final String RESIDUAL = "residual";
    static final String STREAMS = "streams";

    final Counter in = new SimpleCounter();
    final Counter canonical = new SimpleCounter();
    final Counter filtered = new SimpleCounter();
    final Counter parked = new SimpleCounter();
    final Counter deadLettered = new SimpleCounter();
    final Counter events = new SimpleCounter();

    void register(MetricGroup operator, java.util.function.IntSupplier streams) {
        MetricGroup group = operator.addGroup(GROUP);
        group.counter(IN, in);
        group.counter(CANONICAL, canonical);
        group.counter(FILTERED, filtered);
        group.counter(PARKED, parked);
        group.counter(DEAD_LETTERED, deadLettered);
        group.counter(EVENTS, events);
        group.gauge(RESIDUAL, this::residual);
        group.gauge(STREAMS, streams::getAsInt);
    }

    private long residual() {
        return in.getCount()
                - canonical.getCount()
                - filtered.getCount()
                - parked.getCount()
                - deadLettered.getCount();
    }
}
