package io.autonomos.jobs.cli.common;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that talks to Kafka. */
public final class BrokerOptions {

    private static final String TIMEOUT_MS = "20000";

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description =
                    "The brokers. Default: those of the stack in the work directory, of `up` or else"
                            + " of `demo`.")
    private String bootstrap;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "A property of Kafka's own client, such as security.protocol.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--topic-prefix",
            defaultValue = "autonomos",
            description = "What the topics' names begin with (default: ${DEFAULT-VALUE}).")
    private String topicPrefix;

    @Mixin private StackPlace place;

    /** Where the brokers are. */
    public String bootstrapServers() {
        if (bootstrap != null) {
            return bootstrap;
        }
        return place.running()
                .map(stack -> stack.ports().bootstrapServers())
                .orElseThrow(
                        () ->
                                new CommandException(
                                        ErrorCode.STACK_ABSENT,
                                        "there is no stack in " + place + ", and no --bootstrap."));
    }

    public Map<String, String> properties() {
        return properties;
    }

    public String topicPrefix() {
        return topicPrefix;
    }

    /** The raw topic, made where it is missing, so that the first use needs no other tool. */
    public String rawTopic(String asked) {
        String topic = asked == null ? Topics.raw(topicPrefix) : asked;
        Map<String, String> impatient = new LinkedHashMap<>();
        impatient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        impatient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        impatient.putAll(properties);
        Topics.ensureRaw(bootstrapServers(), impatient, topic, RecordFiles.MAX_RECORD_SIZE);
        return topic;
    }

    /** A writer to a raw topic. */
    public RawTopicWriter writer(String topic) {
        return new RawTopicWriter(bootstrapServers(), properties, topic);
    }

    /** A reader of the brokers' topics. */
    public TopicReader reader() {
        Map<String, String> impatient = new LinkedHashMap<>();
        impatient.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        impatient.putAll(properties);
        return new TopicReader(bootstrapServers(), impatient);
    }
}
