package io.autonomos.operators.source;

import io.autonomos.operators.source.SourceOptions.StartPosition;
import io.autonomos.schemas.ErrorCode;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What the job reads, checked.
 *
 * @param kafkaProperties of Kafka's clients, which resolve references to secrets by themselves
 * @param topicPattern instead of {@code topics}, or null
 * @param startTimestamp epoch milliseconds, or null unless {@code start} is a timestamp
 * @param directory folder of files to read as well, or null
 */
public record SourceSettings(
        String bootstrapServers,
        Map<String, String> kafkaProperties,
        List<String> topics,
        String topicPattern,
        String groupId,
        StartPosition start,
        Long startTimestamp,
        boolean bounded,
        Duration discoveryInterval,
        int maxRecordSize,
        String directory)
        implements Serializable {

    /** Reads and checks the keys of {@link SourceOptions}. */
    public static SourceSettings from(ReadableConfig config) {
        return new SourceSettings(
                config.get(SourceOptions.BOOTSTRAP_SERVERS),
                config.get(SourceOptions.KAFKA_PROPERTIES),
                config.getOptional(SourceOptions.TOPICS)
                        .orElseGet(() -> List.of(config.get(SourceOptions.TOPIC_PREFIX) + ".raw")),
                config.getOptional(SourceOptions.TOPIC_PATTERN).orElse(null),
                config.get(SourceOptions.GROUP_ID),
                config.get(SourceOptions.START),
                config.getOptional(SourceOptions.START_TIMESTAMP).orElse(null),
                config.get(SourceOptions.BOUNDED),
                config.get(SourceOptions.DISCOVERY_INTERVAL),
                size(config.get(SourceOptions.MAX_RECORD_SIZE)),
                config.getOptional(SourceOptions.DIRECTORY).orElse(null));
    }

    public SourceSettings {
        topics = List.copyOf(topics);
        kafkaProperties = SecretReferences.resolvable(kafkaProperties);
        if (bootstrapServers.isBlank()) {
            throw invalid(SourceOptions.BOOTSTRAP_SERVERS.key(), "must not be empty");
        }
        if (topics.isEmpty() && topicPattern == null) {
            throw invalid(SourceOptions.TOPICS.key(), "must name a topic");
        }
        if (topicPattern != null) {
            compile(topicPattern);
        }
        if (discoveryInterval.isNegative() || discoveryInterval.isZero()) {
            String key = SourceOptions.DISCOVERY_INTERVAL.key();
            throw invalid(key, "must be positive, but was " + discoveryInterval);
        }
        if (start == StartPosition.TIMESTAMP && startTimestamp == null) {
            String key = SourceOptions.START_TIMESTAMP.key();
            throw invalid(key, "is needed with input.start: timestamp");
        }
    }

    /** Without the values of Kafka's properties, which can be secret. */
    @Override
    public String toString() {
        return "SourceSettings[%s %s, %s, from %s%s, properties %s]"
                .formatted(
                        bootstrapServers,
                        topicPattern == null ? topics : topicPattern,
                        groupId,
                        start,
                        directory == null ? "" : ", directory " + directory,
                        new TreeSet<>(kafkaProperties.keySet()));
    }

    private static int size(MemorySize size) {
        String key = SourceOptions.MAX_RECORD_SIZE.key();
        if (size.getBytes() < 1 || size.getBytes() > MemorySize.ofMebiBytes(256).getBytes()) {
            throw invalid(key, "must be from 1 byte to 256 mb, but was " + size);
        }
        return (int) size.getBytes();
    }

    private static void compile(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            String key = SourceOptions.TOPIC_PATTERN.key();
            throw invalid(key, "is not a regular expression: " + e.getDescription());
        }
    }

    private static IllegalArgumentException invalid(String key, String problem) {
        return new IllegalArgumentException(
                "%s: %s %s.".formatted(ErrorCode.CONFIG_INVALID.code(), key, problem));
    }
}
