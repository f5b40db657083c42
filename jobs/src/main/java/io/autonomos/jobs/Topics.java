package io.autonomos.jobs;

import io.autonomos.operators.sink.kafka.KafkaSinkSettings;
import io.autonomos.operators.source.FeedSettings;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of the job that are missing; existing ones stay as they are. */
public final class Topics {

    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

    /** What the headers of a raw record take at most. */
    private static final long HEADERS = 1 << 20;

    private Topics() {}

    /** The topic of raw records. */
    public static String raw(String prefix) {
        return prefix + ".raw";
    }

    /** The topic of an entity's canonical events. */
    public static String canonical(String prefix, String entity) {
        return prefix + ".canonical." + entity;
    }

    /** The topic of an entity's unified rows. */
    public static String view(String prefix, String entity) {
        return prefix + ".view." + entity;
    }

    /** The topic of nodes and edges of tenants' graphs. */
    public static String graph(String prefix) {
        return prefix + ".view.graph";
    }

    /** The topic of dead letters. */
    public static String deadLetters(String prefix) {
        return prefix + ".dead-letter";
    }

    /** The topic of the ledger. */
    public static String ledger(String prefix) {
        return prefix + ".ledger";
    }

    /** The topic of mapping versions: the registry. */
    public static String mappings(String prefix) {
        return prefix + ".mappings";
    }

    /** The topic of drift events. */
    public static String drift(String prefix) {
        return prefix + ".drift";
    }

    /** The topic of repair proposals. */
    public static String proposals(String prefix) {
        return prefix + ".proposals";
    }

    /** The topic of people's decisions. */
    public static String reviews(String prefix) {
        return prefix + ".reviews";
    }

    /** The topic of what became of proposals and reviews. */
    public static String reviewLog(String prefix) {
        return prefix + ".review-log";
    }

    /** The topic of rows that people decided to be one. */
    public static String merges(String prefix) {
        return prefix + ".merges";
    }

    /** The topic of flags, policies and budgets. */
    public static String control(String prefix) {
        return prefix + ".control";
    }

    /** The topic of what is remembered of repairs. */
    public static String memory(String prefix) {
        return prefix + ".memory";
    }

    /** The topic of records that views are told of beside their events. */
    public static String rebuild(String prefix) {
        return prefix + ".rebuild";
    }

    /** Makes what is missing. */
    static void ensure(JobSettings settings) {
        KafkaSinkSettings kafka = settings.kafka();
        int partitions = settings.topicPartitions();
        List<NewTopic> wanted = new ArrayList<>();
        for (FeedSettings feed : ownFeeds(settings)) {
            for (String topic : feed.topics()) {
                long size = settings.source().maxRecordSize() + HEADERS;
                wanted.add(topic(topic, Optional.of(partitions), size));
            }
        }
        for (EntitySchema entity : EntityModel.shipped().entities()) {
            wanted.add(topic(canonical(kafka.topicPrefix(), entity.name()), partitions, kafka));
            String view = view(kafka.topicPrefix(), entity.name());
            wanted.add(topic(view, partitions, kafka).configs(compacted(kafka)));
        }
        wanted.add(topic(graph(kafka.topicPrefix()), partitions, kafka).configs(compacted(kafka)));
        wanted.add(topic(deadLetters(kafka.topicPrefix()), partitions, kafka));
        wanted.add(topic(ledger(kafka.topicPrefix()), partitions, kafka).configs(COMPACTED));
        wanted.add(topic(drift(kafka.topicPrefix()), partitions, kafka));
        wanted.add(topic(proposals(kafka.topicPrefix()), partitions, kafka));
        wanted.add(topic(reviews(kafka.topicPrefix()), partitions, kafka));
        wanted.add(topic(reviewLog(kafka.topicPrefix()), partitions, kafka));
        wanted.add(ordered(mappings(kafka.topicPrefix())));
        wanted.add(ordered(control(kafka.topicPrefix())));
        wanted.add(ordered(memory(kafka.topicPrefix())));
        wanted.add(topic(rebuild(kafka.topicPrefix()), 1, kafka)); // one order, read by all tasks
        wanted.add(ordered(merges(kafka.topicPrefix())));
        create(kafka.bootstrapServers(), settings.source().kafkaProperties(), wanted);
    }

    /** The feeds whose topics the job makes: those with names, on its own brokers. */
    private static List<FeedSettings> ownFeeds(JobSettings settings) {
        List<FeedSettings> all = new ArrayList<>(settings.source().feeds());
        if (settings.readsKafka()) {
            all.add(settings.source().main());
        }
        String own = settings.source().bootstrapServers();
        return all.stream()
                .filter(feed -> feed.topicPattern() == null && feed.bootstrapServers().equals(own))
                .toList();
    }

    /** Makes the registry's topic where it is missing. */
    static void ensureRegistry(
            String bootstrapServers, Map<String, String> properties, String prefix) {
        create(bootstrapServers, properties, List.of(ordered(mappings(prefix))));
    }

    private static Map<String, String> compacted(KafkaSinkSettings kafka) {
        Map<String, String> configs = new HashMap<>(COMPACTED);
        configs.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Long.toString(kafka.maxMessageSize().getBytes()));
        return configs;
    }

    /** Makes the control topic where it is missing. */
    static void ensureControl(
            String bootstrapServers, Map<String, String> properties, String prefix) {
        create(bootstrapServers, properties, List.of(ordered(control(prefix))));
    }

    /** One partition, so that all messages have one order; compacted. */
    private static NewTopic ordered(String name) {
        return new NewTopic(name, Optional.of(1), Optional.empty()).configs(COMPACTED);
    }

    private static NewTopic topic(String name, int partitions, KafkaSinkSettings kafka) {
        return topic(name, Optional.of(partitions), kafka.maxMessageSize().getBytes());
    }

    private static NewTopic topic(String name, Optional<Integer> partitions, long maxMessageSize) {
        return new NewTopic(name, partitions, Optional.empty())
                .configs(
                        Map.of(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Long.toString(maxMessageSize)));
    }

    /**
     * Makes a raw topic with the brokers' number of partitions where it is missing.
     *
     * @param properties more properties of Kafka's client
     */
    public static void ensureRaw(
            String bootstrapServers, Map<String, String> properties, String topic, int maxRecord) {
        long size = maxRecord + HEADERS;
        create(bootstrapServers, properties, List.of(topic(topic, Optional.empty(), size)));
    }

    private static void create(
            String bootstrapServers, Map<String, String> more, Collection<NewTopic> wanted) {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(properties)) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing =
                    wanted.stream().filter(t -> !existing.contains(t.name())).toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw unreachable("the topics cannot be made", bootstrapServers, e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("the topics cannot be made", bootstrapServers, e);
        }
    }

    /** Says what cannot be done at brokers that do not answer, and why. */
    static IllegalStateException unreachable(
            String what, String bootstrapServers, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new IllegalStateException(
                "%s: %s at %s: %s. Start the brokers, or correct kafka.bootstrap-servers (--bootstrap)."
                        .formatted(
                                ErrorCode.STORE_DOWN.code(),
                                what,
                                bootstrapServers,
                                String.valueOf(root.getMessage()).replaceAll("[.\\s]+$", "")),
                cause);
    }
}
