package io.autonomos.operators.source;

import static io.autonomos.operators.source.FeedSettings.invalid;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What the job reads, checked.
 *
 * @param main the topics of {@code input.topics}
 * @param feeds the named feeds, by name
 * @param directory folder of files to read as well, or null
 */
public record SourceSettings(
        FeedSettings main,
        List<FeedSettings> feeds,
        boolean bounded,
        Duration discoveryInterval,
        int maxRecordSize,
        String directory)
        implements Serializable {

    /** Topics that the job writes, behind the prefix. */
    private static final List<String> WRITTEN =
            List.of(".dead-letter", ".ledger", ".mappings", ".canonical.account");

    /** Reads and checks the keys of {@link SourceOptions} and {@link FeedOptions}. */
    public static SourceSettings from(ReadableConfig config) {
        FeedSettings main = FeedSettings.main(config);
        List<FeedSettings> feeds = new ArrayList<>();
        for (String name : names(config)) {
            feeds.add(FeedSettings.named(name, config, main));
        }
        SourceSettings settings =
                new SourceSettings(
                        main,
                        feeds,
                        config.get(SourceOptions.BOUNDED),
                        config.get(SourceOptions.DISCOVERY_INTERVAL),
                        size(config.get(SourceOptions.MAX_RECORD_SIZE)),
                        config.getOptional(SourceOptions.DIRECTORY).orElse(null));
        settings.refuseOwnTopics(config.get(SourceOptions.TOPIC_PREFIX));
        return settings;
    }

    public SourceSettings {
        feeds = List.copyOf(feeds);
        if (discoveryInterval.isNegative() || discoveryInterval.isZero()) {
            String key = SourceOptions.DISCOVERY_INTERVAL.key();
            throw invalid(key, "must be positive, but was " + discoveryInterval);
        }
        List<FeedSettings> before = new ArrayList<>(List.of(main));
        for (FeedSettings feed : feeds) {
            before.forEach(each -> refuseOverlap(each, feed));
            before.add(feed);
        }
    }

    /** The job's own brokers. */
    public String bootstrapServers() {
        return main.bootstrapServers();
    }

    /** The properties of the clients of the job's own brokers. */
    public Map<String, String> kafkaProperties() {
        return main.kafkaProperties();
    }

    private static Set<String> names(ReadableConfig config) {
        Set<String> names = new TreeSet<>();
        for (String key : config.toMap().keySet()) {
            if (key.startsWith(FeedOptions.PREFIX)) {
                String rest = key.substring(FeedOptions.PREFIX.length());
                int dot = rest.indexOf('.');
                names.add(dot < 0 ? rest : rest.substring(0, dot));
            }
        }
        return names;
    }

    /** What two feeds read would come in twice. */
    private static void refuseOverlap(FeedSettings one, FeedSettings other) {
        if (!one.bootstrapServers().equals(other.bootstrapServers())) {
            return;
        }
        boolean overlap =
                other.topics().stream().anyMatch(one::reads)
                        || one.topics().stream().anyMatch(other::reads);
        if (overlap) {
            throw invalid(
                    other.key(other.topicPattern() == null ? "topics" : "topic-pattern"),
                    "names a topic that %s has already".formatted(one.key("topics")));
        }
    }

    /** A job that reads what it writes never ends. */
    private void refuseOwnTopics(String prefix) {
        List<FeedSettings> all = new ArrayList<>(feeds);
        all.add(main);
        for (FeedSettings feed : all) {
            boolean own =
                    feed.bootstrapServers().equals(main.bootstrapServers())
                            && WRITTEN.stream().anyMatch(topic -> feed.reads(prefix + topic));
            if (own) {
                throw invalid(
                        feed.key(feed.topicPattern() == null ? "topics" : "topic-pattern"),
                        "must not take in the topics that the job writes");
            }
        }
    }

    private static int size(MemorySize size) {
        String key = SourceOptions.MAX_RECORD_SIZE.key();
        if (size.getBytes() < 1 || size.getBytes() > MemorySize.ofMebiBytes(256).getBytes()) {
            throw invalid(key, "must be from 1 byte to 256 mb, but was " + size);
        }
        return (int) size.getBytes();
    }
}
