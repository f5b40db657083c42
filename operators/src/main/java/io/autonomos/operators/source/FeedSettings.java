package io.autonomos.operators.source;

import io.autonomos.operators.source.SourceOptions.StartPosition;
import io.autonomos.schemas.ErrorCode;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DelegatingConfiguration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Topics of one format on one cluster, checked.
 *
 * @param name null for those of {@code input.topics}
 * @param kafkaProperties of Kafka's clients, which resolve references to secrets by themselves
 * @param topicPattern instead of {@code topics}, or null
 * @param startTimestamp epoch milliseconds, or null unless {@code start} is a timestamp
 */
public record FeedSettings(
        String name,
        String bootstrapServers,
        Map<String, String> kafkaProperties,
        List<String> topics,
        String topicPattern,
        String groupId,
        StartPosition start,
        Long startTimestamp,
        FeedFormat format,
        FeedAddress address)
        implements Serializable {

    /** Part of an operator's uid, which is fixed for good. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** The feed of {@code input.topics}. */
    static FeedSettings main(ReadableConfig config) {
        return new FeedSettings(
                null,
                config.get(SourceOptions.BOOTSTRAP_SERVERS),
                config.get(SourceOptions.KAFKA_PROPERTIES),
                config.getOptional(SourceOptions.TOPICS)
                        .orElseGet(() -> List.of(config.get(SourceOptions.TOPIC_PREFIX) + ".raw")),
                config.getOptional(SourceOptions.TOPIC_PATTERN).orElse(null),
                config.get(SourceOptions.GROUP_ID),
                config.get(SourceOptions.START),
                config.getOptional(SourceOptions.START_TIMESTAMP).orElse(null),
                config.get(SourceOptions.FORMAT),
                new FeedAddress(
                        config.getOptional(SourceOptions.TENANT).orElse(null),
                        config.getOptional(SourceOptions.CONNECTION).orElse(null),
                        config.getOptional(SourceOptions.SOURCE).orElse(null),
                        config.getOptional(SourceOptions.STREAM).orElse(null),
                        config.get(SourceOptions.QUALIFY_STREAMS)));
    }

    /** A named feed, which takes from the main one what it does not say. */
    static FeedSettings named(String name, ReadableConfig all, FeedSettings main) {
        if (!NAME.matcher(name).matches()) {
            throw invalid(
                    FeedOptions.PREFIX + FeedOptions.NAME,
                    "must be 1 to 40 lower-case letters, digits and dashes");
        }
        ReadableConfig config =
                new DelegatingConfiguration(
                        Configuration.fromMap(all.toMap()), FeedOptions.PREFIX + name + ".");
        boolean ownBrokers = config.getOptional(FeedOptions.BOOTSTRAP_SERVERS).isPresent();
        return new FeedSettings(
                name,
                config.getOptional(FeedOptions.BOOTSTRAP_SERVERS).orElse(main.bootstrapServers),
                // The credentials of one cluster are none of another's business.
                config.getOptional(FeedOptions.PROPERTIES)
                        .orElse(ownBrokers ? Map.of() : main.kafkaProperties),
                config.getOptional(FeedOptions.TOPICS).orElse(List.of()),
                config.getOptional(FeedOptions.TOPIC_PATTERN).orElse(null),
                config.getOptional(FeedOptions.GROUP_ID).orElse(main.groupId),
                config.getOptional(FeedOptions.START).orElse(main.start),
                config.getOptional(FeedOptions.START_TIMESTAMP).orElse(main.startTimestamp),
                config.get(FeedOptions.FORMAT),
                new FeedAddress(
                        config.getOptional(FeedOptions.TENANT).orElse(null),
                        config.getOptional(FeedOptions.CONNECTION).orElse(null),
                        config.getOptional(FeedOptions.SOURCE).orElse(null),
                        config.getOptional(FeedOptions.STREAM).orElse(null),
                        config.get(FeedOptions.QUALIFY_STREAMS)));
    }

    public FeedSettings {
        topics = List.copyOf(topics);
        String properties =
                name == null ? SourceOptions.KAFKA_PROPERTIES.key() : key(name, "properties");
        kafkaProperties = SecretReferences.resolvable(properties, kafkaProperties);
        if (bootstrapServers.isBlank()) {
            String key = SourceOptions.BOOTSTRAP_SERVERS.key();
            throw invalid(name == null ? key : key(name, "bootstrap-servers"), "must not be empty");
        }
        if (topics.isEmpty() && topicPattern == null) {
            throw invalid(key(name, "topics"), "must name a topic");
        }
        if (topicPattern != null) {
            compile(key(name, "topic-pattern"), topicPattern);
        }
        if (start == StartPosition.TIMESTAMP && startTimestamp == null) {
            String key = key(name, "start-timestamp");
            throw invalid(key, "is needed with " + key(name, "start") + ": timestamp");
        }
    }

    /** Whether a topic of the feed's cluster is among its topics. */
    boolean reads(String topic) {
        return topicPattern == null ? topics.contains(topic) : Pattern.matches(topicPattern, topic);
    }

    /** The key of a setting of this feed. */
    String key(String setting) {
        return key(name, setting);
    }

    private static String key(String name, String setting) {
        return (name == null ? "input." : FeedOptions.PREFIX + name + ".") + setting;
    }

    /** Without the values of Kafka's properties, which can be secret. */
    @Override
    public String toString() {
        return "%s %s, %s, from %s, properties %s"
                .formatted(
                        bootstrapServers,
                        topicPattern == null ? topics : topicPattern,
                        groupId,
                        start,
                        new java.util.TreeSet<>(kafkaProperties.keySet()));
    }

    private static void compile(String key, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw invalid(key, "is not a regular expression: " + e.getDescription());
        }
    }

    static IllegalArgumentException invalid(String key, String problem) {
        return new IllegalArgumentException(
                "%s: %s %s.".formatted(ErrorCode.CONFIG_INVALID.code(), key, problem));
    }
}
