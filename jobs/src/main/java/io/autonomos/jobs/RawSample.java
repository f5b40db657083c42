package io.autonomos.jobs;

import io.autonomos.operators.source.FeedAddress;
import io.autonomos.operators.source.FeedFormat;
import io.autonomos.operators.source.RawRecordDeserializer;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The last records of one stream on a raw topic. */
public final class RawSample {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MAX_RECORD_SIZE = 16 << 20;

    private RawSample() {}

    /**
     * Reads the end of the topic.
     *
     * @param format what the topic's messages look like
     * @param source the stream's kind of system, for messages that do not name it
     * @param most how many records of the stream are wanted
     * @param scan how many messages of each partition are looked at
     */
    public static List<RawRecord> last(
            String bootstrapServers,
            Map<String, String> properties,
            String topic,
            FeedFormat format,
            StreamKey stream,
            String source,
            int most,
            long scan) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        Deque<RawRecord> sample = new ArrayDeque<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            if (!consumer.listTopics().containsKey(topic)) {
                return List.of();
            }
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            ends.forEach((p, end) -> consumer.seek(p, Math.max(begins.get(p), end - scan)));
            RecordsOf records = new RecordsOf(stream, source, format);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    records.read(message).forEach(sample::addLast);
                    while (sample.size() > most) {
                        sample.removeFirst();
                    }
                }
            }
        }
        return List.copyOf(sample);
    }

    /** Reads messages as the job does, and keeps those of one stream. */
    private static final class RecordsOf {

        private final StreamKey stream;
        private final RawRecordDeserializer deserializer;

        RecordsOf(StreamKey stream, String source, FeedFormat format) {
            this.stream = stream;
            this.deserializer =
                    new RawRecordDeserializer(
                            MAX_RECORD_SIZE,
                            format,
                            format == FeedFormat.RAW
                                    ? FeedAddress.NONE
                                    : new FeedAddress(
                                            stream.tenant(),
                                            stream.connection(),
                                            source,
                                            null,
                                            false));
            deserializer.open(null);
        }

        List<RawRecord> read(ConsumerRecord<byte[], byte[]> message) {
            List<RawRecord> records = new ArrayList<>(1);
            deserializer.deserialize(message, new ListCollector<>(records));
            records.removeIf(each -> !each.key().equals(stream));
            return records;
        }
    }
}
