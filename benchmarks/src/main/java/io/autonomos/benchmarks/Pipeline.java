package io.autonomos.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.StreamKey;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures the whole job, Kafka to Kafka, against a job that only passes records through, in
 * interleaved rounds on one broker: {@code Pipeline [RECORDS [ROUNDS [CASE...]]]}.
 *
 * <p>A case is {@code pass/P/T}, {@code pass-tuned/P/T}, {@code product/P/T}, {@code drift/P/T} or
 * {@code views/P/T}: parallelism P, records of T tenants; the tuned one has the product's settings
 * of Kafka's clients, {@code product} translates only, {@code drift} does so with a mapped field
 * renamed in every hundredth record, and {@code views} makes unified rows as well. A run is timed
 * from the first tenth of its output to the last record, so that the start of the job and its last
 * checkpoint do not count. Processor time is that of Flink's process alone.
 */
public final class Pipeline {

    private static final int PARTITIONS = 2;
    private static final int FIELDS = 33;
    private static final int WARM_UPS = 3;
    private static final int KNOWN = 100;
    private static final long POLL_NANOS = 20_000_000;

    private final BrokerProcess broker;
    private final PipelineJobs jobs;
    private final int records;
    private final Map<String, List<double[]>> results = new HashMap<>();
    private int runs;

    private Pipeline(BrokerProcess broker, Path checkpoints, int records) {
        this.broker = broker;
        this.jobs = new PipelineJobs(broker.bootstrapServers(), checkpoints);
        this.records = records;
    }

    /** Measures and prints a table. */
    public static void main(String[] arguments) throws Exception {
        int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        List<String> cases =
                arguments.length > 2
                        ? List.of(arguments).subList(2, arguments.length)
                        : List.of(
                                "pass/1/100",
                                "pass-tuned/1/100",
                                "product/1/100",
                                "pass/2/100",
                                "pass-tuned/2/100",
                                "product/2/100",
                                "product/1/1",
                                "product/1/10000");
        Path checkpoints = Files.createTempDirectory("autonomos-benchmark-checkpoints");
        try (BrokerProcess broker = BrokerProcess.start()) {
            Pipeline pipeline = new Pipeline(broker, checkpoints, records);
            for (String topic : cases.stream().map(Pipeline::rawTopic).distinct().toList()) {
                pipeline.fill(topic);
            }
            for (int round = 1 - WARM_UPS; round <= rounds; round++) {
                for (String each : cases) {
                    pipeline.run(each, round > 0);
                }
            }
            pipeline.print(cases);
        }
        System.exit(0);
    }

    /** The topic of a case's records: their tenants, and whether some of them drift. */
    private static String rawTopic(String name) {
        String[] parts = name.split("/");
        return (parts[0].equals("drift") ? "raw-drift-" : "raw-") + parts[2];
    }

    /** Writes the records once; tenants alternate. */
    private void fill(String topic) throws Exception {
        create(topic);
        boolean drifts = topic.startsWith("raw-drift-");
        int tenants = Integer.parseInt(topic.substring(topic.lastIndexOf('-') + 1));
        Map<String, String> settings = Map.of("linger.ms", "20", "batch.size", "262144");
        try (RawTopicWriter writer =
                new RawTopicWriter(broker.bootstrapServers(), settings, topic)) {
            for (int i = 0; i < records; i++) {
                String tenant = "tenant-" + i % tenants;
                // Each stream is known first; of all later rounds of the tenants one in a hundred.
                boolean chosen = Math.floorMod((i / tenants) * 0x9E3779B1L, 100_003) % 100 == 0;
                boolean drifted = drifts && i / tenants >= KNOWN && chosen;
                writer.send(
                        new StreamKey(tenant, "salesforce-prod", SampleRecords.STREAM),
                        SampleRecords.SOURCE,
                        "upsert",
                        SampleRecords.id(i),
                        1_767_225_600_000L + i,
                        drifted
                                ? SampleRecords.drifted(i, FIELDS)
                                : SampleRecords.record(i, FIELDS));
            }
        }
    }

    private void create(String topic) throws Exception {
        broker.admin()
                .createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    private void run(String name, boolean counts) throws Exception {
        String[] parts = name.split("/");
        int parallelism = Integer.parseInt(parts[1]);
        String from = rawTopic(name);
        String prefix = "run-" + ++runs;
        JobClient job;
        String to;
        if (parts[0].startsWith("pass")) {
            to = prefix + ".out";
            create(to);
            job = jobs.passThrough(from, to, parallelism, parts[0].equals("pass-tuned"));
        } else {
            boolean views = parts[0].equals("views");
            to =
                    views
                            ? Topics.view(prefix, "opportunity")
                            : Topics.canonical(prefix, "opportunity");
            Map<String, String> settings = settings(parts);
            settings.putIfAbsent("materialize.enabled", Boolean.toString(views));
            // A repair reaches the job by the registry's topic, which must not have an end.
            settings.putIfAbsent("input.bounded", "false");
            job = jobs.product(from, prefix, parallelism, settings);
        }
        double[] rates = measure(job, to);
        if (parts[0].startsWith("pass")) {
            job.getJobExecutionResult().get(5, TimeUnit.MINUTES);
        } else {
            job.cancel().get(1, TimeUnit.MINUTES);
        }
        System.out.printf(
                "%-16s %8.0f records/s  %8.0f records/CPU s%s%n",
                name, rates[0], rates[1], counts ? "" : "  (to warm up)");
        if (counts) {
            results.computeIfAbsent(name, k -> new ArrayList<>()).add(rates);
        }
        Set<String> made =
                broker.admin().listTopics().names().get().stream()
                        .filter(topic -> topic.startsWith(prefix + "."))
                        .collect(Collectors.toSet());
        broker.admin().deleteTopics(made).all().get();
    }

    /** What stands behind the third slash, {@code key=value,key=value}. */
    private static Map<String, String> settings(String[] parts) {
        Map<String, String> settings = new HashMap<>();
        for (String each : parts.length > 3 ? parts[3].split(",") : new String[0]) {
            settings.put(each.split("=", 2)[0], each.split("=", 2)[1]);
        }
        return settings;
    }

    /** Records per second on the clock and of processor time. */
    private double[] measure(JobClient job, String to) throws Exception {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long written = written(to);
        while (written < records / 10) {
            pause(job);
            written = written(to);
        }
        long from = written;
        long clock = System.nanoTime();
        long processor = system.getProcessCpuTime();
        ThreadTimes threads = ThreadTimes.now();
        while (written < records) {
            pause(job);
            written = written(to);
        }
        double seconds = (System.nanoTime() - clock) / 1e9;
        System.out.println("  " + ThreadTimes.now().since(threads, written - from));
        double processorSeconds = (system.getProcessCpuTime() - processor) / 1e9;
        return new double[] {
            (written - from) / seconds, (written - from) / processorSeconds,
        };
    }

    private static void pause(JobClient job) throws Exception {
        if (job.getJobExecutionResult().isCompletedExceptionally()) {
            job.getJobExecutionResult().get();
        }
        LockSupport.parkNanos(POLL_NANOS);
    }

    /** How many records the topic holds, not yet committed ones included. */
    private long written(String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return broker.admin().listOffsets(partitions).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    private void print(List<String> cases) {
        System.out.printf(
                "%nmedians of %d rounds, %,d records%n", results.get(cases.get(0)).size(), records);
        for (String each : cases) {
            System.out.printf(
                    "%-16s %8.0f records/s  %8.0f records/CPU s%n",
                    each, median(each, 0), median(each, 1));
        }
        System.out.println();
        for (String each : cases) {
            for (String reference : cases) {
                if (!each.equals(reference) && isReference(reference, each)) {
                    System.out.printf(
                            "%-16s / %-18s %.2f of the records/s, %.2f of the records/CPU s%n",
                            each, reference, ratio(each, reference, 0), ratio(each, reference, 1));
                }
            }
        }
    }

    /**
     * Passing through is the reference of the product, which is that of drift; few tenants of many.
     */
    private static boolean isReference(String reference, String of) {
        String[] its = reference.split("/");
        String[] those = of.split("/");
        boolean passes = its[0].startsWith("pass") && !those[0].startsWith("pass");
        boolean fewer =
                its[0].equals(those[0]) && Integer.parseInt(its[2]) < Integer.parseInt(those[2]);
        boolean still =
                its[0].equals("product") && those[0].equals("drift") && its[2].equals(those[2]);
        return its[1].equals(those[1]) && (passes || fewer || still);
    }

    /** The median over the rounds of one case's rate over the other's in the same round. */
    private double ratio(String name, String reference, int which) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < results.get(name).size(); round++) {
            ratios.add(
                    results.get(name).get(round)[which] / results.get(reference).get(round)[which]);
        }
        return Medians.of(ratios);
    }

    private double median(String name, int which) {
        return Medians.of(results.get(name).stream().map(rates -> rates[which]).toList());
    }
}
