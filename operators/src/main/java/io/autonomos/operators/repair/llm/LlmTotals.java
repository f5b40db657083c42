package io.autonomos.operators.repair.llm;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.types.MessageType;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what the model did, in metrics that go on where they were after a restart. */
final class LlmTotals {

    // State names are part of the savepoint format: never rename one.
    static final String TOTALS_STATE = "totals";

    private final transient ListState<Totals> state;
    final Counter calls;
    final Counter tokens;
    final Counter saved;
    final Counter failed;
    final Counter refused;

    /** The counts of one subtask. Its JSON is part of the savepoint format. */
    public record Totals(long calls, long tokens, long saved, long failed, long refused) {}

    LlmTotals(OperatorStateStore store, MetricGroup operator) throws Exception {
        state =
                store.getListState(
                        new ListStateDescriptor<>(TOTALS_STATE, MessageType.of(Totals.class)));
        MetricGroup group = operator.addGroup("llm");
        calls = group.counter(JobMetric.LLM_CALLS.leaf());
        tokens = group.counter(JobMetric.LLM_TOKENS.leaf());
        saved = group.counter(JobMetric.LLM_SAVED.leaf());
        failed = group.counter(JobMetric.LLM_FAILED.leaf());
        refused = group.counter(JobMetric.LLM_REFUSED.leaf());
        for (Totals each : state.get()) {
            calls.inc(each.calls());
            tokens.inc(each.tokens());
            saved.inc(each.saved());
            failed.inc(each.failed());
            refused.inc(each.refused());
        }
    }

    void snapshot() throws Exception {
        state.update(
                List.of(
                        new Totals(
                                calls.getCount(),
                                tokens.getCount(),
                                saved.getCount(),
                                failed.getCount(),
                                refused.getCount())));
    }
}
