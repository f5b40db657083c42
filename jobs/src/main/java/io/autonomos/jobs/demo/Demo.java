package io.autonomos.jobs.demo;

import io.autonomos.jobs.AutonomosJob;
import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.graph.GraphImage;
import io.autonomos.jobs.graph.GraphReader;
import io.autonomos.jobs.stack.EmbeddedPostgres;
import io.autonomos.jobs.stack.EmbeddedStack;
import io.autonomos.jobs.stack.StackJobSettings;
import io.autonomos.jobs.verify.VerifyResult;
import io.autonomos.jobs.verify.ViewStores;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.messages.ViewAccount;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;

/** Runs the sample data through the whole job on an embedded stack. */
public final class Demo {

    /** What the topics' names begin with. */
    public static final String PREFIX = "autonomos";

    /** The topic of raw records. */
    public static final String RAW = PREFIX + ".raw";

    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final EmbeddedStack stack;
    private final Consumer<String> progress;
    private final Samples samples = new Samples();

    /**
     * A demo on a running stack.
     *
     * @param progress takes a line of live counts each time they change
     */
    public Demo(EmbeddedStack stack, Consumer<String> progress) {
        this.stack = stack;
        this.progress = progress;
    }

    /**
     * Feeds the samples, waits until all are accounted for and stored, and reports.
     *
     * @param replay whether to compare the unified rows with a replay too
     */
    public DemoReport run(int parallelism, boolean replay) throws Exception {
        long start = System.nanoTime();
        Path input = stack.workDir().directory("input");
        JobClient job =
                AutonomosJob.submit(stack.flink().environment(), configuration(parallelism));
        samples.drop(input);
        String brokers = stack.kafka().bootstrapServers();
        try (RawTopicWriter writer = new RawTopicWriter(brokers, Map.of(), RAW)) {
            samples.produce(writer, System.currentTimeMillis());
        }
        try (TopicReader reader = new TopicReader(brokers, Map.of())) {
            LedgerBook ledger = new LedgerBook();
            awaitAccounts(job, reader, ledger);
            awaitViews(reader, ledger);
            Map<String, Map<String, Long>> stores = awaitAgreement(reader);
            double seconds = (System.nanoTime() - start) / 1e9;
            SharedContact shared = SharedContact.find(reader, PREFIX);
            VerifyResult views = verify(parallelism, replay);
            try (Connection postgres = stack.postgres().connect(EmbeddedPostgres.WRITER)) {
                return new DemoReport(
                        ledger,
                        stores,
                        views,
                        StoreCounts.mergeCandidates(postgres),
                        shared,
                        graphs(postgres, ledger),
                        seconds);
            }
        }
    }

    /** The tenants' graphs as PostgreSQL has them. */
    private static Map<String, GraphImage> graphs(Connection postgres, LedgerBook ledger)
            throws SQLException {
        Map<String, GraphImage> graphs = new TreeMap<>();
        for (LedgerEntry entry : ledger.accounts()) {
            String tenant = entry.key().tenant();
            if (!graphs.containsKey(tenant)) {
                GraphImage graph = GraphReader.read(postgres, tenant);
                if (!graph.isEmpty()) {
                    graphs.put(tenant, graph);
                }
            }
        }
        return graphs;
    }

    private VerifyResult verify(int parallelism, boolean replay) throws Exception {
        try (ViewStores views = new ViewStores(configuration(parallelism))) {
            return views.verify(null, null, replay, Duration.ofNanos(SETTLE_NANOS));
        }
    }

    private void awaitAccounts(JobClient job, TopicReader reader, LedgerBook ledger)
            throws Exception {
        long expected = samples.records();
        long deadline = System.nanoTime() + LIMIT_NANOS;
        long shown = -1;
        while (ledger.sum(LedgerEntry::in) < expected) {
            JobStatus status = job.getJobStatus().get();
            if (status.isGloballyTerminalState() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the job is %s with %d of %d records read; see the log in %s."
                                .formatted(
                                        status,
                                        ledger.sum(LedgerEntry::in),
                                        expected,
                                        stack.workDir().logs()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            ledger.refresh(reader, PREFIX);
            if (ledger.sum(LedgerEntry::in) != shown) {
                shown = ledger.sum(LedgerEntry::in);
                progress.accept(
                        "%d of %d records in, %d canonical, %d dead letters, residual %d"
                                .formatted(
                                        shown,
                                        expected,
                                        ledger.sum(LedgerEntry::canonical),
                                        ledger.sum(LedgerEntry::deadLettered),
                                        ledger.sum(LedgerEntry::residual)));
            }
        }
    }

    /** The views come a moment later than what they are made of. */
    private static void awaitViews(TopicReader reader, LedgerBook ledger) {
        long deadline = System.nanoTime() + SETTLE_NANOS;
        while (ledger.sumOfViews(ViewAccount::canonical) < ledger.sum(LedgerEntry::events)
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            ledger.refresh(reader, PREFIX);
        }
    }

    /** The stores commit at their own pace; waits until they hold the same. */
    private Map<String, Map<String, Long>> awaitAgreement(TopicReader reader) throws Exception {
        StoreCounts.KafkaRows kafka = new StoreCounts.KafkaRows();
        long deadline = System.nanoTime() + SETTLE_NANOS;
        Map<String, Map<String, Long>> stores = new LinkedHashMap<>();
        try (Connection postgres = stack.postgres().connect(EmbeddedPostgres.WRITER)) {
            do {
                LockSupport.parkNanos(PAUSE_NANOS);
                kafka.refresh(reader, PREFIX);
                stores.put("postgres", StoreCounts.postgres(postgres));
                stores.put("duckdb", StoreCounts.duckDb(stack.workDir().duckdb()));
                stores.put("kafka", kafka.counts());
            } while (stores.values().stream().distinct().count() > 1
                    && System.nanoTime() < deadline);
        }
        return stores;
    }

    private Configuration configuration(int parallelism) {
        Map<String, String> ofStack =
                StackJobSettings.of(
                        stack.workDir(),
                        stack.kafka().bootstrapServers(),
                        stack.postgres().jdbcUrl());
        List<String> arguments =
                JobConfig.arguments(
                        null,
                        ofStack,
                        Map.of("parallelism.default", Integer.toString(parallelism)));
        return JobConfig.fromArguments(arguments.toArray(String[]::new));
    }
}
