package io.autonomos.operators.repair.llm;

import io.autonomos.mappings.match.Thresholds;
import io.autonomos.operators.CheckpointGate;
import io.autonomos.operators.repair.FieldThresholds;
import io.autonomos.operators.repair.FollowControls;
import io.autonomos.operators.repair.TenantSettings;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.Flag;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import io.autonomos.schemas.types.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds a language model's opinion to the proposals that a person must decide on, keyed by tenant;
 * all others pass at once, as does each where the tenant's flag or budget does not allow a
 * question, or the model is down. The opinion is evidence for the person: it changes neither the
 * confidence nor the tier.
 *
 * <p>The model is asked at most once per drift: a checkpoint has the mark before the call, and a
 * restart that finds it does not call again. Calls run beside the task, which looks after them by
 * timers. State: what the tenant used, the opinion on each drift, and the proposals that wait.
 */
public final class AskModel
        extends KeyedBroadcastProcessFunction<
                String, RepairProposal, ControlMessage, RepairProposal>
        implements CheckpointedFunction, CheckpointListener {

    /** The budget's name on the control topic. */
    public static final String BUDGET = "llm-tokens";

    // State names are part of the savepoint format: never rename one.
    static final String USAGE_STATE = "usage";
    static final String OPINIONS_STATE = "opinions";
    static final String ASKED_STATE = "asked";

    private static final Logger LOG = LoggerFactory.getLogger(AskModel.class);
    private static final long serialVersionUID = 1L;
    private static final Duration REMEMBERED = Duration.ofDays(400);
    private static final long POLL_MS = 50;
    private static final int THREADS = 2;

    private final LlmSettings settings;
    private final Thresholds thresholds;
    private final Controls fixed;

    private transient ValueState<LlmUsage> usage;
    private transient MapState<String, Opinion> opinions;
    private transient MapState<String, RepairProposal> asked;
    private transient CheckpointGate gate;
    private transient LlmTotals totals;
    private transient ExecutorService threads;
    private transient LlmClient client;
    private transient Map<String, Mark> marked;
    private transient Map<String, CompletableFuture<LlmClient.Reply>> calls;
    private transient int failures;
    private transient long pausedUntil;

    /** A question that waits for the checkpoint which says that it is asked. */
    private record Mark(Question question, long stamp) {}

    /**
     * A stage with these settings.
     *
     * @param thresholds what is uncertain where a tenant says nothing else
     * @param fixed flags that the job's configuration sets
     */
    public AskModel(LlmSettings settings, Thresholds thresholds, Controls fixed) {
        this.settings = settings;
        this.thresholds = thresholds;
        this.fixed = fixed;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        gate = new CheckpointGate(context.getRestoredCheckpointId());
        totals =
                new LlmTotals(
                        context.getOperatorStateStore(), getRuntimeContext().getMetricGroup());
        KeyedStateStore store = context.getKeyedStateStore();
        StateTtlConfig kept = StateTtlConfig.newBuilder(REMEMBERED).build();
        ValueStateDescriptor<LlmUsage> used =
                new ValueStateDescriptor<>(USAGE_STATE, MessageType.of(LlmUsage.class));
        used.enableTimeToLive(kept);
        usage = store.getState(used);
        MapStateDescriptor<String, Opinion> byDrift =
                new MapStateDescriptor<>(
                        OPINIONS_STATE, Types.STRING, MessageType.of(Opinion.class));
        byDrift.enableTimeToLive(kept);
        opinions = store.getMapState(byDrift);
        // Leaves with its answer, so it has no time to live.
        asked =
                store.getMapState(
                        new MapStateDescriptor<>(
                                ASKED_STATE, Types.STRING, MessageType.of(RepairProposal.class)));
    }

    @Override
    public void open(OpenContext context) {
        threads = Executors.newFixedThreadPool(THREADS, new ExecutorThreadFactory("ask-model"));
        marked = new HashMap<>();
        calls = new HashMap<>();
        pausedUntil = Long.MIN_VALUE;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        gate.begun(context.getCheckpointId());
        totals.snapshot();
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        gate.completed(checkpoint);
    }

    @Override
    public void processBroadcastElement(
            ControlMessage message, Context context, Collector<RepairProposal> out)
            throws Exception {
        TenantSettings.keep(context.getBroadcastState(FollowControls.CONTROLS), message);
    }

    @Override
    public void processElement(
            RepairProposal proposal, ReadOnlyContext context, Collector<RepairProposal> out)
            throws Exception {
        Controls controls = controls(context, proposal.tenant());
        Question question = question(proposal, controls);
        if (proposal.tier() != Tier.REVIEW
                || question.isEmpty()
                || !controls.isOn(Flag.LLM, proposal.tenant())) {
            out.collect(proposal);
            return;
        }
        if (asked.contains(proposal.id())) {
            asked.put(proposal.id(), proposal); // made again; the answer is for the latest
            return;
        }
        Opinion known = opinions.get(proposal.driftId());
        long now = context.timerService().currentProcessingTime();
        LlmUsage used = usage(now);
        if (known != null) {
            totals.saved.inc();
            usage.update(used.savedOne());
            out.collect(known.on(proposal));
            return;
        }
        Long budget = controls.budget(BUDGET, proposal.tenant());
        long cost = LlmClient.estimate(question);
        if (budget == null || used.tokens() + cost > budget || now < pausedUntil) {
            totals.refused.inc();
            out.collect(proposal);
            return;
        }
        usage.update(used.called(cost));
        opinions.put(proposal.driftId(), Opinion.none());
        asked.put(proposal.id(), proposal);
        marked.put(call(proposal), new Mark(question, gate.stamp()));
        context.timerService().registerProcessingTimeTimer(now + POLL_MS);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<RepairProposal> out)
            throws Exception {
        List<RepairProposal> waiting = new ArrayList<>();
        asked.values().forEach(waiting::add);
        long now = context.timerService().currentProcessingTime();
        for (RepairProposal each : waiting) {
            RepairProposal done = look(each, now);
            if (done != null) {
                asked.remove(each.id());
                out.collect(done);
            }
        }
        if (!asked.isEmpty()) {
            context.timerService().registerProcessingTimeTimer(now + POLL_MS);
        }
    }

    /** The proposal once there is nothing more to wait for, else null. */
    private RepairProposal look(RepairProposal proposal, long now) throws Exception {
        String id = call(proposal);
        Mark mark = marked.get(id);
        if (mark == null) {
            return proposal; // of an earlier run, which may have asked
        }
        CompletableFuture<LlmClient.Reply> call = calls.get(id);
        if (call == null && gate.isDurable(mark.stamp())) {
            call = CompletableFuture.supplyAsync(() -> client().ask(mark.question()), threads);
            Duration most = settings.timeout().multipliedBy(settings.retries() + 2L);
            calls.put(id, call.orTimeout(most.toMillis(), TimeUnit.MILLISECONDS));
            totals.calls.inc();
        }
        if (call == null || !call.isDone()) {
            return null;
        }
        marked.remove(id);
        calls.remove(id);
        return settle(proposal, mark.question(), call, now);
    }

    private RepairProposal settle(
            RepairProposal proposal,
            Question question,
            CompletableFuture<LlmClient.Reply> call,
            long now)
            throws Exception {
        LlmClient.Reply reply = call.isCompletedExceptionally() ? null : call.join();
        Map<String, String> chosen = reply == null ? null : question.read(reply.answer());
        if (reply != null) {
            totals.tokens.inc(reply.tokens());
            long surplus = reply.tokens() - LlmClient.estimate(question);
            usage.update(usage(now).corrected(surplus));
        }
        if (chosen == null) {
            failed(proposal, reply == null, now);
            return proposal;
        }
        failures = 0;
        Opinion opinion = Opinion.of(question, chosen);
        opinions.put(proposal.driftId(), opinion);
        return opinion.on(proposal);
    }

    private void failed(RepairProposal proposal, boolean down, long now) {
        totals.failed.inc();
        forget();
        if (++failures >= settings.pauseAfter()) {
            failures = 0;
            pausedUntil = now + settings.pause().toMillis();
        }
        LOG.warn(
                "{}: the language model {} on proposal {} of {}; a person decides without it. {}",
                ErrorCode.LLM_FAILED.code(),
                down ? "did not answer" : "chose none of the candidates",
                proposal.id(),
                proposal.key().path(),
                ErrorCode.LLM_FAILED.remedy());
    }

    /** Its key may have changed. */
    private synchronized void forget() {
        client = null;
    }

    private synchronized LlmClient client() {
        if (client == null) {
            client = new LlmClient(settings);
        }
        return client;
    }

    /** What is uncertain by the thresholds that the tenant has now. */
    private Question question(RepairProposal proposal, Controls controls) {
        return Question.of(
                proposal,
                new FieldThresholds(
                        thresholds,
                        controls.thresholds(proposal.tenant()),
                        proposal.source(),
                        proposal.entity()));
    }

    private Controls controls(ReadOnlyContext context, String tenant) throws Exception {
        return TenantSettings.of(tenant, context.getBroadcastState(FollowControls.CONTROLS), fixed);
    }

    private LlmUsage usage(long now) throws Exception {
        String month =
                YearMonth.from(Instant.ofEpochMilli(now).atOffset(ZoneOffset.UTC)).toString();
        LlmUsage used = usage.value();
        return used == null ? LlmUsage.none(month) : used.in(month);
    }

    private static String call(RepairProposal proposal) {
        return proposal.tenant() + '\n' + proposal.id();
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
