package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.ErrorCode;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/** The settings of the Kafka sinks, checked once when the job is built. */
public record KafkaSinkSettings(
        String bootstrapServers,
        String topicPrefix,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        Duration linger,
        MemorySize batchSize,
        String compression,
        MemorySize maxMessageSize)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * What key, headers and batch of a canonical event take at most: names of 128 and ids of 512
     * characters, each escaped to up to six bytes or percent-encoded to twelve.
     */
    private static final int ROOM = 1 << 14;

    private static final Set<String> COMPRESSIONS = Set.of("none", "gzip", "snappy", "lz4", "zstd");

    public KafkaSinkSettings {
        require(
                KafkaSinkOptions.BOOTSTRAP_SERVERS,
                bootstrapServers,
                bootstrapServers != null && !bootstrapServers.isBlank(),
                "must name at least one broker as host:port");
        require(
                KafkaSinkOptions.TOPIC_PREFIX,
                topicPrefix,
                topicPrefix != null && topicPrefix.matches("[a-zA-Z0-9._-]{1,100}"),
                "must have 1 to 100 letters, digits, dots, hyphens or underscores");
        require(
                KafkaSinkOptions.TRANSACTIONAL_ID_PREFIX,
                transactionalIdPrefix,
                transactionalIdPrefix != null && !transactionalIdPrefix.isBlank(),
                "must not be empty");
        require(
                KafkaSinkOptions.TRANSACTION_TIMEOUT,
                transactionTimeout,
                transactionTimeout.toMillis() >= 1_000
                        && transactionTimeout.toMillis() <= Integer.MAX_VALUE,
                "must be at least 1 s and less than 24 days");
        require(
                KafkaSinkOptions.LINGER,
                linger,
                !linger.isNegative() && linger.toMillis() < 60_000,
                "must be less than 1 min");
        require(
                KafkaSinkOptions.BATCH_SIZE,
                batchSize,
                batchSize.getBytes() <= Integer.MAX_VALUE,
                "must be less than 2 GiB");
        require(
                KafkaSinkOptions.COMPRESSION,
                compression,
                COMPRESSIONS.contains(compression),
                "must be none, gzip, snappy, lz4 or zstd");
        require(
                KafkaSinkOptions.MAX_MESSAGE_SIZE,
                maxMessageSize,
                maxMessageSize.getBytes() >= 1024 * 1024
                        && maxMessageSize.getBytes() <= Integer.MAX_VALUE,
                "must be at least 1 mb and less than 2 GiB");
    }

    /** Reads and checks the settings. */
    public static KafkaSinkSettings from(ReadableConfig config) {
        return new KafkaSinkSettings(
                config.get(KafkaSinkOptions.BOOTSTRAP_SERVERS),
                config.get(KafkaSinkOptions.TOPIC_PREFIX),
                config.get(KafkaSinkOptions.TRANSACTIONAL_ID_PREFIX),
                config.get(KafkaSinkOptions.TRANSACTION_TIMEOUT),
                config.get(KafkaSinkOptions.LINGER),
                config.get(KafkaSinkOptions.BATCH_SIZE),
                config.get(KafkaSinkOptions.COMPRESSION),
                config.get(KafkaSinkOptions.MAX_MESSAGE_SIZE));
    }

    /** The longest canonical event that certainly fits into a message with its key and headers. */
    public int maxEventBytes() {
        return (int) maxMessageSize.getBytes() - ROOM;
    }

    /** The producers' configuration, on top of the properties of all clients. */
    Properties producer(Map<String, String> clientProperties) {
        Properties properties = new Properties();
        // The system sizes the socket's buffer; Kafka's fixed 128 KiB cost half of the sending.
        properties.setProperty("send.buffer.bytes", "-1");
        properties.putAll(clientProperties);
        properties.setProperty(
                "transaction.timeout.ms", Long.toString(transactionTimeout.toMillis()));
        properties.setProperty("linger.ms", Long.toString(linger.toMillis()));
        properties.setProperty("batch.size", Long.toString(batchSize.getBytes()));
        properties.setProperty("compression.type", compression);
        properties.setProperty("max.request.size", Long.toString(maxMessageSize.getBytes()));
        return properties;
    }

    private static void require(
            ConfigOption<?> option, Object value, boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s: %s %s, but was %s."
                            .formatted(
                                    ErrorCode.SINK_CONFIG.code(), option.key(), expected, value));
        }
    }
}
