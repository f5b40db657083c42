package io.autonomos.operators.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The keys of what the job reads. */
public final class SourceOptions {

    /** Shared with the Kafka sinks, which document it. */
    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            ConfigOptions.key("kafka.bootstrap-servers")
                    .stringType()
                    .defaultValue("localhost:9092");

    /** Shared with the Kafka sinks, which document it. */
    static final ConfigOption<String> TOPIC_PREFIX =
            ConfigOptions.key("kafka.topic-prefix").stringType().defaultValue("autonomos");

    public static final ConfigOption<Map<String, String>> KAFKA_PROPERTIES =
            ConfigOptions.key("kafka.properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "More properties of Kafka's own clients, such as security.protocol. Values"
                                    + " may refer to secrets as ${env:NAME} or ${file:/path}, which"
                                    + " are read on the machine that uses them; passwords must.");

    public static final ConfigOption<List<String>> TOPICS =
            ConfigOptions.key("input.topics")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Topics with raw records, joined by semicolons; default: .raw behind"
                                    + " kafka.topic-prefix.");

    public static final ConfigOption<String> TOPIC_PATTERN =
            ConfigOptions.key("input.topic-pattern")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Regular expression of topics with raw records, instead of input.topics;"
                                    + " topics made later are found while the job runs.");

    public static final ConfigOption<FeedFormat> FORMAT =
            ConfigOptions.key("input.format")
                    .enumType(FeedFormat.class)
                    .defaultValue(FeedFormat.RAW)
                    .withDescription(
                            "What the messages of input.topics look like: raw (the record itself, its"
                                    + " address in headers), pages (what APIs answer: the records of an"
                                    + " array or in an object around it), airbyte, debezium or envelope. Topics of"
                                    + " other formats and clusters are feeds.<name>.");

    public static final ConfigOption<String> TENANT =
            ConfigOptions.key("input.tenant")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The only tenant of the topics. A message or header that names another"
                                    + " becomes a dead letter of nobody.");

    public static final ConfigOption<String> CONNECTION =
            ConfigOptions.key("input.connection")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The connection of records without that header.");

    public static final ConfigOption<String> SOURCE =
            ConfigOptions.key("input.source")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The source of records without that header.");

    public static final ConfigOption<String> STREAM =
            ConfigOptions.key("input.stream")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The stream of records without that header, instead of the one that the"
                                    + " message names.");

    public static final ConfigOption<Boolean> QUALIFY_STREAMS =
            ConfigOptions.key("input.qualify-streams")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a stream that the message names gets its namespace or schema"
                                    + " before it, as public.accounts. Switch it on where two schemas"
                                    + " have tables of one name.");

    public static final ConfigOption<String> GROUP_ID =
            ConfigOptions.key("input.group-id")
                    .stringType()
                    .defaultValue("autonomos")
                    .withDescription(
                            "Consumer group that offsets are committed to at each checkpoint, for"
                                    + " monitoring and for input.start.");

    public static final ConfigOption<StartPosition> START =
            ConfigOptions.key("input.start")
                    .enumType(StartPosition.class)
                    .defaultValue(StartPosition.COMMITTED)
                    .withDescription(
                            "Where a job without state begins: committed (the group's offsets, else"
                                    + " the earliest), earliest, latest, or timestamp.");

    public static final ConfigOption<Long> START_TIMESTAMP =
            ConfigOptions.key("input.start-timestamp")
                    .longType()
                    .noDefaultValue()
                    .withDescription("Epoch milliseconds to begin at with input.start: timestamp.");

    public static final ConfigOption<Boolean> BOUNDED =
            ConfigOptions.key("input.bounded")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the job ends once it has read what was there when it started.");

    public static final ConfigOption<Duration> DISCOVERY_INTERVAL =
            ConfigOptions.key("input.discovery-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How often new partitions, topics and files are looked for. Lower finds"
                                    + " them sooner and asks broker and file system more often.");

    public static final ConfigOption<MemorySize> MAX_RECORD_SIZE =
            ConfigOptions.key("input.max-record-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(16))
                    .withDescription(
                            "A larger record becomes a dead letter. Higher needs more heap: a few"
                                    + " times this for each subtask.");

    public static final ConfigOption<String> DIRECTORY =
            ConfigOptions.key("input.directory")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder to read files from, beside the topics:"
                                    + " <tenant>/<connection>/<entities>_<system>.csv or .jsonl. New"
                                    + " files are read while the job runs; put them there by rename.");

    /** Where a job without state begins to read a topic. */
    public enum StartPosition {
        COMMITTED,
        EARLIEST,
        LATEST,
        TIMESTAMP
    }

    private SourceOptions() {}
}
