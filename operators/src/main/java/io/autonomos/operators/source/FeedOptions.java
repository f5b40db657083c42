package io.autonomos.operators.source;

import io.autonomos.operators.source.SourceOptions.StartPosition;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The keys of one named feed: topics of one format on one cluster, read beside {@code
 * input.topics}. Each stands behind {@code feeds.<name>.} in the configuration.
 */
public final class FeedOptions {

    /** What all keys of feeds begin with. */
    public static final String PREFIX = "feeds.";

    /** What stands for a feed's name in the docs. */
    public static final String NAME = "<name>";

    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            ConfigOptions.key("bootstrap-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The feed's own brokers, where it is read from another cluster than"
                                    + " kafka.bootstrap-servers. Its topics must exist there.");

    public static final ConfigOption<Map<String, String>> PROPERTIES =
            ConfigOptions.key("properties")
                    .mapType()
                    .noDefaultValue()
                    .withDescription(
                            "Properties of the feed's Kafka client, as kafka.properties, which count"
                                    + " where neither these nor bootstrap-servers are given. Secrets"
                                    + " must be references.");

    public static final ConfigOption<List<String>> TOPICS =
            ConfigOptions.key("topics")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription("The feed's topics, joined by semicolons.");

    public static final ConfigOption<String> TOPIC_PATTERN =
            ConfigOptions.key("topic-pattern")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Regular expression of the feed's topics, instead of topics; topics made"
                                    + " later are found while the job runs.");

    public static final ConfigOption<FeedFormat> FORMAT =
            ConfigOptions.key("format")
                    .enumType(FeedFormat.class)
                    .defaultValue(FeedFormat.RAW)
                    .withDescription("What the messages look like, as input.format.");

    public static final ConfigOption<String> GROUP_ID =
            ConfigOptions.key("group-id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The feed's consumer group; default: input.group-id.");

    public static final ConfigOption<StartPosition> START =
            ConfigOptions.key("start")
                    .enumType(StartPosition.class)
                    .noDefaultValue()
                    .withDescription(
                            "Where a job without state of this feed begins; default: input.start.");

    public static final ConfigOption<Long> START_TIMESTAMP =
            ConfigOptions.key("start-timestamp")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "Epoch milliseconds to begin at with start: timestamp; default:"
                                    + " input.start-timestamp.");

    public static final ConfigOption<String> TENANT =
            ConfigOptions.key("tenant")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The only tenant of the topics, as input.tenant.");

    public static final ConfigOption<String> CONNECTION =
            ConfigOptions.key("connection")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The records' connection, as input.connection.");

    public static final ConfigOption<String> SOURCE =
            ConfigOptions.key("source")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The records' source, as input.source.");

    public static final ConfigOption<String> STREAM =
            ConfigOptions.key("stream")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The records' stream, as input.stream.");

    public static final ConfigOption<Boolean> QUALIFY_STREAMS =
            ConfigOptions.key("qualify-streams")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether namespaces are kept, as input.qualify-streams.");

    private FeedOptions() {}
}
