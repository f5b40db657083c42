package io.autonomos.operators.repair;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.profile.Findings;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.RecordIds;
import io.autonomos.mappings.profile.Seen;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.registry.MappingCache;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairProposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works out repairs in threads of its own, so that neither records nor checkpoints wait for them.
 * Repairs of one stream are worked out one after the other. A task that is done again after a
 * restart gives the same proposals with the same ids.
 *
 * <p>A repair that fails is told in the log and counted; the records stay parked.
 */
public final class RepairDrift extends RichAsyncFunction<RepairTask, RepairProposal> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(RepairDrift.class);

    private final RepairSettings settings;

    private transient ThreadPoolExecutor threads;
    private transient Map<StreamKey, CompletableFuture<List<RepairProposal>>> last;
    private transient MappingCache mappings;
    private transient SchemaMatcher matcher;
    private transient RepairMetrics metrics;

    /** A stage with these settings. */
    public RepairDrift(RepairSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        threads =
                new ThreadPoolExecutor(
                        settings.threads(),
                        settings.threads(),
                        1,
                        TimeUnit.MINUTES,
                        new LinkedBlockingQueue<>(),
                        new ExecutorThreadFactory("repair"));
        threads.allowCoreThreadTimeOut(true);
        last = new ConcurrentHashMap<>();
        mappings = new MappingCache();
        matcher = SchemaMatcher.shipped();
        metrics = new RepairMetrics();
        metrics.register(getRuntimeContext().getMetricGroup());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the result is completed by the callback
    public void asyncInvoke(RepairTask task, ResultFuture<RepairProposal> result) {
        CompletableFuture<List<RepairProposal>> before =
                last.getOrDefault(task.key(), CompletableFuture.completedFuture(List.of()));
        CompletableFuture<List<RepairProposal>> repair =
                before.thenApplyAsync(ignored -> repair(task), threads);
        last.put(task.key(), repair);
        CompletableFuture<?> unused =
                repair.whenComplete(
                        (proposals, failure) -> {
                            last.remove(task.key(), repair);
                            result.complete(proposals == null ? List.of() : proposals);
                        });
    }

    @Override
    public void timeout(RepairTask task, ResultFuture<RepairProposal> result) {
        metrics.failed.inc();
        LOG.error(
                "{}: the repair of {} took longer than {}. {}",
                ErrorCode.REPAIR_TIMEOUT.code(),
                task.key().path(),
                settings.timeout(),
                ErrorCode.REPAIR_TIMEOUT.remedy());
        result.complete(List.of());
    }

    /** Never throws: one stream's records must not stop the job. */
    private List<RepairProposal> repair(RepairTask task) {
        try {
            List<RepairProposal> proposals = proposals(task);
            proposals.forEach(each -> metrics.made(each.tier()));
            return proposals;
        } catch (MessageException | RuntimeException | StackOverflowError e) {
            metrics.failed.inc();
            LOG.error(
                    "{}: no repair of {} under mapping version {} could be worked out ({}). {}",
                    ErrorCode.REPAIR_FAILED.code(),
                    task.key().path(),
                    task.mappingVersion(),
                    e.getClass().getSimpleName(),
                    ErrorCode.REPAIR_FAILED.remedy(),
                    e);
            return List.of();
        }
    }

    private List<RepairProposal> proposals(RepairTask task) throws MessageException {
        CompiledMapping mapping = mappings.get(task.key(), task.source(), task.mapping());
        if (mapping == null) {
            return List.of(); // another version is in effect by now, or none that compiles
        }
        StreamBaseline baseline = StreamBaseline.of(task.baseline());
        DriftEvent event = MessageJson.read(DriftEvent.class, task.event());
        Incident incident =
                new Incident(
                        event,
                        findings(task, mapping, baseline),
                        Set.copyOf(task.lost()),
                        Set.copyOf(task.suspect()));
        List<Repair> repairs =
                new RepairPlanner(mapping, task.mappingVersion(), baseline, settings, task.hints())
                        .plan(
                                incident,
                                task.records(),
                                task.parked(),
                                Instant.ofEpochMilli(task.at()));
        return repairs.stream().map(Repair::proposal).toList();
    }

    private Findings findings(RepairTask task, CompiledMapping mapping, StreamBaseline baseline) {
        MappingRun run =
                new MappingRun(
                        new StreamTarget(
                                task.key(), task.source(), mapping.plan(), task.mappingVersion()));
        List<Seen> seen = new ArrayList<>();
        for (RawRecord raw : task.records()) {
            RecordFields fields = RecordFields.of(raw.value(), mapping.mapping().each());
            seen.add(new Seen(run.add(raw).recordId(), fields));
        }
        List<Seen> identified = RecordIds.identify(mapping, baseline, seen);
        return Findings.of(task.key().stream(), baseline, identified, Findings.CHANCE, matcher);
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
