package io.autonomos.operators.sink.webhook;

import io.autonomos.operators.CheckpointGate;
import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.Notice;
import io.autonomos.schemas.types.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each notice to the webhook, keyed by {@link Notice#key}. Nothing goes out.
 *
 * <p>Delivery guarantee: a checkpoint has the mark that a try is under way before the try is made.
 * A restart that finds the mark of a first try does not make it again, so a message that arrived is
 * not doubled; it is lost if the job was killed in the moment between the mark and a failure, which
 * the metric {@code webhook.unsure} counts. Where a try failed before, the webhook was down as far
 * as is known, and a restart tries again. A receiver that takes a message and does not answer in
 * time can get it twice. Each text names its message's id.
 *
 * <p>A webhook that is down holds nothing up: requests run beside the task, which looks after them
 * by timers. State: {@link #DELIVERY_STATE}, by notice, for {@link #REMEMBERED} after its last
 * change.
 */
public final class WebhookNotifier extends KeyedProcessFunction<String, Notice, Void>
        implements CheckpointedFunction, CheckpointListener {

    static final String DELIVERY_STATE = "delivery";
    static final Duration REMEMBERED = Duration.ofDays(400);

    private static final Logger LOG = LoggerFactory.getLogger(WebhookNotifier.class);
    private static final long serialVersionUID = 1L;
    private static final long POLL_MS = 50;
    private static final long FIRST_WAIT_MS = 1_000;
    private static final int MOST_DOUBLINGS = 20;
    private static final int MOST_REQUESTS = 8;

    private final WebhookSettings settings;

    private transient ValueState<Delivery> delivery;
    private transient CheckpointGate gate;
    private transient WebhookClient client;

    /** When marks of this run were made; those of an earlier run are of tries that were cut off. */
    private transient Map<String, Long> marked;

    private transient Map<String, CompletableFuture<WebhookClient.Answer>> requests;
    private transient boolean down;
    private transient Counter sent;
    private transient Counter failed;
    private transient Counter unsure;
    private transient Counter dropped;

    public WebhookNotifier(WebhookSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        gate = new CheckpointGate(context.getRestoredCheckpointId());
        ValueStateDescriptor<Delivery> descriptor =
                new ValueStateDescriptor<>(DELIVERY_STATE, MessageType.of(Delivery.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(REMEMBERED).build());
        delivery = context.getKeyedStateStore().getState(descriptor);
    }

    @Override
    public void open(OpenContext context) {
        client = new WebhookClient(settings);
        marked = new HashMap<>();
        requests = new HashMap<>();
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("webhook");
        sent = group.counter(JobMetric.WEBHOOK_SENT.leaf());
        failed = group.counter(JobMetric.WEBHOOK_FAILED.leaf());
        unsure = group.counter(JobMetric.WEBHOOK_UNSURE.leaf());
        dropped = group.counter(JobMetric.WEBHOOK_DROPPED.leaf());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        gate.begun(context.getCheckpointId());
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        gate.completed(checkpoint);
    }

    @Override
    public void processElement(Notice notice, Context context, Collector<Void> out)
            throws Exception {
        if (delivery.value() == null) {
            Instant now = now(context);
            delivery.update(Delivery.of(notice, now));
            wake(context, now);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Void> out) throws Exception {
        Delivery current = delivery.value();
        if (current == null || current.is(Delivery.DONE)) {
            return;
        }
        Instant now = now(context);
        if (current.is(Delivery.SENDING)) {
            look(current, context, now);
        } else if (current.next().isAfter(now)) {
            wake(context, current.next());
        } else {
            marked.put(context.getCurrentKey(), gate.stamp());
            delivery.update(current.sending());
            wake(context, now.plusMillis(POLL_MS));
        }
    }

    /** Looks after a try that is announced or under way. */
    private void look(Delivery current, OnTimerContext context, Instant now) throws Exception {
        String key = context.getCurrentKey();
        Long stamp = marked.get(key);
        if (stamp == null && current.tries() > 0) {
            delivery.update(current.again(now));
            wake(context, now);
            return;
        }
        if (stamp == null) {
            unsure.inc();
            delivery.update(current.done());
            LOG.warn(
                    "Message {} may not have reached the webhook: the job restarted while it was sent.",
                    current.notice().id());
            return;
        }
        CompletableFuture<WebhookClient.Answer> request = requests.get(key);
        if (request == null && gate.isDurable(stamp) && requests.size() < MOST_REQUESTS) {
            request = client.send(current.notice());
            requests.put(key, request);
        }
        if (request == null || !request.isDone()) {
            wake(context, now.plusMillis(POLL_MS));
            return;
        }
        requests.remove(key);
        marked.remove(key);
        settle(current, request.join(), context, now);
    }

    private void settle(
            Delivery current, WebhookClient.Answer answer, OnTimerContext context, Instant now)
            throws Exception {
        if (answer.isSuccess()) {
            sent.inc();
            delivery.update(current.done());
            if (down) {
                down = false;
                LOG.info("The webhook answers again.");
            }
            return;
        }
        failed.inc();
        if (!down) {
            down = true;
            LOG.warn(
                    "{}: the webhook did not take message {}: {}. It is tried again. {}",
                    ErrorCode.WEBHOOK_DOWN.code(),
                    current.notice().id(),
                    answer.failure(),
                    ErrorCode.WEBHOOK_DOWN.remedy());
        }
        if (!current.since().plus(settings.giveUpAfter()).isAfter(now)) {
            dropped.inc();
            delivery.update(current.done());
            LOG.error(
                    "{}: message {} is given up after {} tries: {}.",
                    ErrorCode.WEBHOOK_DOWN.code(),
                    current.notice().id(),
                    current.tries() + 1,
                    answer.failure());
            return;
        }
        Instant next = now.plus(pause(current.tries(), answer.retryAfter()));
        delivery.update(current.again(next));
        wake(context, next);
    }

    private Duration pause(int tries, Duration asked) {
        Duration doubled = Duration.ofMillis(FIRST_WAIT_MS << Math.min(tries, MOST_DOUBLINGS));
        Duration wait = asked != null && asked.compareTo(doubled) > 0 ? asked : doubled;
        return wait.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : wait;
    }

    @Override
    public void close() {
        if (requests != null) {
            requests.values().forEach(each -> each.cancel(true));
        }
    }

    private static Instant now(Context context) {
        return Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    }

    private static void wake(Context context, Instant at) {
        context.timerService().registerProcessingTimeTimer(at.toEpochMilli());
    }
}
