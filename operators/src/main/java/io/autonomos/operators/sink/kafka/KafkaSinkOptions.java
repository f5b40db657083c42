package io.autonomos.operators.sink.kafka;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Declares the keys of the Kafka sinks. Read them through {@link KafkaSinkSettings} only. */
public final class KafkaSinkOptions {

    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            ConfigOptions.key("kafka.bootstrap-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The brokers, as host:port, separated by commas.");

    public static final ConfigOption<String> TOPIC_PREFIX =
            ConfigOptions.key("kafka.topic-prefix")
                    .stringType()
                    .defaultValue("autonomos")
                    .withDescription(
                            "What the names of all topics begin with, before the first dot.");

    public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
            ConfigOptions.key("kafka.sink.transactional-id-prefix")
                    .stringType()
                    .defaultValue("autonomos")
                    .withDescription(
                            "What the ids of the job's transactions begin with. Two jobs on one "
                                    + "cluster need two prefixes, or they abort each other's transactions.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            ConfigOptions.key("kafka.sink.transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "How long the brokers keep a transaction open. It must outlast a checkpoint "
                                    + "interval plus the longest recovery, and must not exceed the "
                                    + "brokers' transaction.max.timeout.ms. Shorter frees readers sooner "
                                    + "after a job is gone for good; longer survives longer outages.");

    public static final ConfigOption<Duration> LINGER =
            ConfigOptions.key("kafka.sink.linger")
                    .durationType()
                    .defaultValue(Duration.ofMillis(20))
                    .withDescription(
                            "How long a producer waits to fill a batch. Longer means fewer requests; "
                                    + "readers see records at the next checkpoint anyway.");

    public static final ConfigOption<MemorySize> BATCH_SIZE =
            ConfigOptions.key("kafka.sink.batch-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(1))
                    .withDescription(
                            "How large a producer's batch per partition grows. Larger means fewer "
                                    + "requests and more memory per partition.");

    public static final ConfigOption<String> COMPRESSION =
            ConfigOptions.key("kafka.sink.compression")
                    .stringType()
                    .defaultValue("none")
                    .withDescription(
                            "none, gzip, snappy, lz4 or zstd. Compression saves disk and network and "
                                    + "costs processor time of the sink.");

    public static final ConfigOption<MemorySize> MAX_MESSAGE_SIZE =
            ConfigOptions.key("kafka.sink.max-message-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(8))
                    .withDescription(
                            "The largest message a producer sends; the topics' max.message.bytes must "
                                    + "not be smaller. A record whose canonical event would be larger "
                                    + "becomes a dead letter; a dead letter that would be larger is cut "
                                    + "and says so in its header autonomos.value-size or "
                                    + "autonomos.key-size.");

    private KafkaSinkOptions() {}
}
