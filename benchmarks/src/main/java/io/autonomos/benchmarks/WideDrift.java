package io.autonomos.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.StreamKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long one tenant's records take through the job while a stream of another tenant renames many
 * fields at once: {@code WideDrift [FIELDS [ROUNDS]]}. One task slot, Kafka to Kafka; the clock of
 * a record runs from its sending to its canonical event, not yet committed ones included.
 */
public final class WideDrift {

    private static final int OTHERS = 33;
    private static final int KNOWN = 300;
    private static final int PER_SECOND = 200;
    private static final int SECONDS = 10;
    private static final long SECOND = 1_000_000_000L;

    private final BrokerProcess broker;
    private final PipelineJobs jobs;
    private final int fields;
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
                List.of(new NewTopic(prefix, 1, (short) 1), new NewTopic(to, 1, (short) 1));
        broker.admin().createTopics(topics).all().get();
        JobClient job =
                jobs.product(
                        prefix,
                        prefix,
                        1,
                        Map.of("input.bounded", "false", "materialize.enabled", "false"));
        Latencies latencies = new Latencies(to);
        Thread reader = new Thread(latencies, "latencies");
        reader.start();
        try (RawTopicWriter writer =
                new RawTopicWriter(broker.bootstrapServers(), Map.of(), prefix)) {
            for (int i = 0; i < KNOWN; i++) {
                send(writer, "wide", i, wide(i, false));
            }
            int sent = both(writer, 0, SECONDS, false);
            latencies.print("start", SECONDS);
            sent = both(writer, sent, SECONDS, false);
            latencies.print("nothing renamed", SECONDS);
            both(writer, sent, SECONDS, true);
            latencies.print(fields + " fields renamed", SECONDS);
        }
        latencies.stop();
        reader.join();
        job.cancel().get(1, TimeUnit.MINUTES);
    }

    /** Sends the records of both tenants evenly; those of the wide stream old or renamed. */
    private int both(RawTopicWriter writer, int from, int seconds, boolean renamed) {
        long start = System.nanoTime();
        int all = seconds * PER_SECOND;
        for (int i = from; i < from + all; i++) {
            LockSupport.parkNanos(start + (i - from) * SECOND / PER_SECOND - System.nanoTime());
            send(writer, "wide", i % KNOWN, wide(i % KNOWN, renamed));
            send(writer, "calm", i, SampleRecords.record(i, OTHERS));
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

    /** Watches the canonical events of the calm tenant. */
    private final class Latencies implements Runnable {

        private final String topic;
        private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean stopped;

        Latencies(String topic) {
            this.topic = topic;
        }

        @Override
        public void run() {
            Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
            ByteArrayDeserializer bytes = new ByteArrayDeserializer();
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, bytes, bytes)) {
                TopicPartition partition = new TopicPartition(topic, 0);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                while (!stopped) {
                    for (ConsumerRecord<byte[], byte[]> each :
                            consumer.poll(Duration.ofMillis(5))) {
                        String text = new String(each.value(), UTF_8);
                        if (text.contains("\"tenant\":\"calm\"")) {
                            int at = text.indexOf("\"emitted_at\":\"") + 14;
                            String sent = text.substring(at, text.indexOf('"', at));
                            millis.add(
                                    System.currentTimeMillis()
                                            - Instant.parse(sent).toEpochMilli());
                        }
                    }
                }
            }
        }

        void print(String when, int seconds) {
            while (millis.size() < seconds * PER_SECOND) {
                LockSupport.parkNanos(SECOND / 100);
            }
            long[] sorted;
            synchronized (millis) {
                sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
                millis.clear();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %6d records, median %5d ms, p99 %5d ms, most %5d ms%n",
                    when,
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
