package io.autonomos.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.StreamKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long one tenant's records take through the job, and drifts of others until they are told,
 * while a stream of another tenant renames many fields at once: {@code WideDrift [FIELDS
 * [ROUNDS]]}. One task slot, Kafka to Kafka; the clock of a record runs from its sending to its
 * canonical event, not yet committed ones included.
 */
public final class WideDrift {

    private static final int OTHERS = 33;
    private static final int KNOWN = 300;
    private static final int PER_SECOND = 200;
    private static final int SECONDS = 10;
    private static final int DRIFTING = 10;
    private static final String EMITTED = "\"emitted_at\":\"";
    private static final int OTHER_EVERY = 50;
    private static final Pattern TENANT = Pattern.compile("\"tenant\":\"([^\"]*)\"");
    private static final long SECOND = 1_000_000_000L;

    private final BrokerProcess broker;
    private final PipelineJobs jobs;
    private final int fields;
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private int runs;

    private WideDrift(BrokerProcess broker, Path checkpoints, int fields) {
        this.broker = broker;
        this.jobs = new PipelineJobs(broker.bootstrapServers(), checkpoints);
        this.fields = fields;
    }

    public static void main(String[] arguments) throws Exception {
        int fields = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 150;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path checkpoints = Files.createTempDirectory("autonomos-benchmark-checkpoints");
        try (BrokerProcess broker = BrokerProcess.start()) {
            WideDrift drift = new WideDrift(broker, checkpoints, fields);
            for (int round = 1; round <= rounds; round++) {
                drift.run();
            }
        }
        System.exit(0);
    }

    private void run() throws Exception {
        String prefix = "wide-" + ++runs;
        String to = Topics.canonical(prefix, "opportunity");
        List<NewTopic> topics =
                Stream.of(prefix, to, Topics.drift(prefix))
                        .map(topic -> new NewTopic(topic, 1, (short) 1))
                        .toList();
        broker.admin().createTopics(topics).all().get();
        JobClient job =
                jobs.product(
                        prefix,
                        prefix,
                        1,
                        Map.of("input.bounded", "false", "materialize.enabled", "false"));
        Latencies latencies = new Latencies(to, Topics.drift(prefix));
        Thread reader = new Thread(latencies, "latencies");
        reader.start();
        try (RawTopicWriter writer =
                new RawTopicWriter(broker.bootstrapServers(), Map.of(), prefix)) {
            for (int i = 0; i < KNOWN; i++) {
                send(writer, "wide", i, wide(i, false));
                for (int other = 0; other < 3 * DRIFTING; other++) {
                    send(writer, "other-" + other, i, SampleRecords.record(i, OTHERS));
                }
            }
            int sent = both(writer, 0, 0, false);
            latencies.print("start");
            sent = both(writer, sent, DRIFTING, false);
            latencies.print("nothing renamed");
            both(writer, sent, 2 * DRIFTING, true);
            latencies.print(fields + " fields renamed");
        }
        latencies.stop();
        reader.join();
        job.cancel().get(1, TimeUnit.MINUTES);
    }

    /**
     * Sends the records of both tenants evenly, those of the wide stream old or renamed, and in the
     * first seconds those of some others that rename one field each.
     */
    private int both(RawTopicWriter writer, int from, int firstOther, boolean renamed) {
        long start = System.nanoTime();
        int all = SECONDS * PER_SECOND;
        for (int i = 0; i < all; i++) {
            LockSupport.parkNanos(start + i * SECOND / PER_SECOND - System.nanoTime());
            send(writer, "wide", i % KNOWN, wide(i % KNOWN, renamed));
            send(writer, "calm", from + i, SampleRecords.record(from + i, OTHERS));
            if (i % OTHER_EVERY == 0 && i / OTHER_EVERY < DRIFTING) {
                String other = "other-" + (firstOther + i / OTHER_EVERY);
                begun.put(other, System.currentTimeMillis());
                for (int k = KNOWN; k < KNOWN + 5; k++) {
                    send(writer, other, k, SampleRecords.drifted(k, OTHERS));
                }
            }
        }
        return from + all;
    }

    private static void send(RawTopicWriter writer, String tenant, int number, byte[] value) {
        writer.send(
                new StreamKey(tenant, "salesforce-prod", SampleRecords.STREAM),
                SampleRecords.SOURCE,
                "upsert",
                SampleRecords.id(number),
                System.currentTimeMillis(),
                value);
    }

    private byte[] wide(int number, boolean renamed) {
        StringBuilder json =
                new StringBuilder(new String(SampleRecords.record(number, OTHERS), UTF_8));
        json.setLength(json.length() - 1);
        for (int i = 0; i < fields; i++) {
            String name = renamed ? "cf_%d_value" : "Custom_Field_%d__c";
            json.append(",\"").append(name.formatted(i)).append("\":\"");
            json.append(
                    i % 2 == 0 ? "text " + number * 31 % 97 + " of " + i : number * 7 % 1_000 + i);
            json.append('"');
        }
        String record = json.append('}').toString();
        return (renamed ? record.replace("\"StageName\"", "\"Sales_Stage__c\"") : record)
                .getBytes(UTF_8);
    }

    /** Watches the canonical events of the calm tenant, and the drift events of the others. */
    private final class Latencies implements Runnable {

        private final String canonical;
        private final String drift;
        private final Queue<Long> records = new ConcurrentLinkedQueue<>();
        private final Queue<Long> detections = new ConcurrentLinkedQueue<>();
        private volatile boolean stopped;

        Latencies(String canonical, String drift) {
            this.canonical = canonical;
            this.drift = drift;
        }

        @Override
        public void run() {
            Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
            ByteArrayDeserializer bytes = new ByteArrayDeserializer();
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, bytes, bytes)) {
                List<TopicPartition> partitions =
                        List.of(new TopicPartition(canonical, 0), new TopicPartition(drift, 0));
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                while (!stopped) {
                    consumer.poll(Duration.ofMillis(5)).forEach(this::take);
                }
            }
        }

        private void take(ConsumerRecord<byte[], byte[]> record) {
            long now = System.currentTimeMillis();
            String text = new String(record.value(), UTF_8);
            Matcher tenant = TENANT.matcher(text);
            String who = tenant.find() ? tenant.group(1) : "";
            if (record.topic().equals(drift)) {
                Long from = begun.remove(who);
                if (from != null) {
                    detections.add(now - from);
                }
            } else if (who.equals("calm")) {
                int at = text.indexOf(EMITTED) + EMITTED.length();
                Instant sent = Instant.parse(text.substring(at, text.indexOf('"', at)));
                records.add(now - sent.toEpochMilli());
            }
        }

        void print(String when) {
            while (records.size() < SECONDS * PER_SECOND || detections.size() < DRIFTING) {
                LockSupport.parkNanos(SECOND / 100);
            }
            System.out.println(
                    when + ": records " + text(records) + "; other drifts " + text(detections));
        }

        private static String text(Queue<Long> millis) {
            long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
            millis.clear();
            return "%d, median %d ms, p99 %d ms, most %d ms"
                    .formatted(
                            sorted.length,
                            sorted[sorted.length / 2],
                            sorted[sorted.length * 99 / 100],
                            sorted[sorted.length - 1]);
        }

        void stop() {
            stopped = true;
        }
    }
}
