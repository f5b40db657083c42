package io.autonomos.benchmarks;

import io.autonomos.jobs.AutonomosJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The jobs that are compared, on the same broker with the same settings of Flink. */
final class PipelineJobs {

    private final String bootstrapServers;
    private final Path checkpoints;

    PipelineJobs(String bootstrapServers, Path checkpoints) {
        this.bootstrapServers = bootstrapServers;
        this.checkpoints = checkpoints;
    }

    /** Reads values and writes them again, exactly once; tuned as the product's clients are. */
    JobClient passThrough(String from, String to, int parallelism, boolean tuned) throws Exception {
        StreamExecutionEnvironment env = environment(parallelism);
        Properties consumer = new Properties();
        Properties producer = new Properties();
        if (tuned) {
            consumer.setProperty("receive.buffer.bytes", "-1");
            producer.setProperty("send.buffer.bytes", "-1");
            producer.setProperty("linger.ms", "20");
            producer.setProperty("batch.size", "1048576");
        }
        producer.setProperty("transaction.timeout.ms", "900000");
        KafkaSource<byte[]> source =
                KafkaSource.<byte[]>builder()
                        .setProperties(consumer)
                        .setBootstrapServers(bootstrapServers)
                        .setTopics(from)
                        .setGroupId("pass-through-" + to)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setBounded(OffsetsInitializer.latest())
                        .setValueOnlyDeserializer(new Bytes())
                        .build();
        KafkaSink<byte[]> sink =
                KafkaSink.<byte[]>builder()
                        .setBootstrapServers(bootstrapServers)
                        .setKafkaProducerConfig(producer)
                        .setRecordSerializer(
                                KafkaRecordSerializationSchema.<byte[]>builder()
                                        .setTopic(to)
                                        .setValueSerializationSchema(new Bytes())
                                        .build())
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix(to)
                        .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source").sinkTo(sink);
        return env.executeAsync("pass-through");
    }

    /** The product with Kafka as its only store: source, keyBy, canonicalize, three Kafka sinks. */
    JobClient product(String from, String prefix, int parallelism, Map<String, String> more)
            throws Exception {
        Configuration config =
                Configuration.fromMap(
                        Map.of(
                                "kafka.bootstrap-servers", bootstrapServers,
                                "kafka.topic-prefix", prefix,
                                "kafka.sink.transactional-id-prefix", prefix,
                                "input.topics", from,
                                "input.group-id", prefix,
                                "input.start", "earliest",
                                "input.bounded", "true",
                                "sinks", "kafka",
                                "stores.topic-partitions", "2"));
        more.forEach(config::setString);
        return AutonomosJob.submit(environment(parallelism), config);
    }

    private StreamExecutionEnvironment environment(int parallelism) {
        Configuration flink = new Configuration();
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.setString("state.backend.rocksdb.use-bloom-filter", "true");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    }

    /** Bytes as they are. */
    private static final class Bytes
            implements DeserializationSchema<byte[]>, SerializationSchema<byte[]> {

        private static final long serialVersionUID = 1L;

        @Override
        public byte[] serialize(byte[] element) {
            return element;
        }

        @Override
        public byte[] deserialize(byte[] message) {
            return message;
        }

        @Override
        public boolean isEndOfStream(byte[] next) {
            return false;
        }

        @Override
        public TypeInformation<byte[]> getProducedType() {
            return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
        }
    }
}
