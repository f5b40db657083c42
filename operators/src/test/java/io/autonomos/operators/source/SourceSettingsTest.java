package io.autonomos.operators.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.operators.source.SourceOptions.StartPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSettingsTest {

    @Test
    void defaults() {
        SourceSettings settings = SourceSettings.from(new Configuration());

        assertThat(settings.main().topics()).containsExactly("autonomos.raw");
        assertThat(settings.main().start()).isEqualTo(StartPosition.COMMITTED);
        assertThat(settings.maxRecordSize()).isEqualTo(16 << 20);
        assertThat(settings.directory()).isNull();
        assertThat(KafkaSources.raw(settings).getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void readsEveryKey() {
        Configuration config =
                Configuration.fromMap(
                        Map.of(
                                "kafka.bootstrap-servers", "b:1",
                                "input.topics", "a;b",
                                "input.group-id", "g",
                                "input.start", "timestamp",
                                "input.start-timestamp", "17",
                                "input.bounded", "true",
                                "input.discovery-interval", "3 s",
                                "input.max-record-size", "2 kb",
                                "input.directory", "/in"));

        SourceSettings settings = SourceSettings.from(config);

        assertThat(settings.bootstrapServers()).isEqualTo("b:1");
        assertThat(settings.main().topics()).isEqualTo(List.of("a", "b"));
        assertThat(settings.main().groupId()).isEqualTo("g");
        assertThat(settings.main().startTimestamp()).isEqualTo(17);
        assertThat(settings.discoveryInterval()).hasSeconds(3);
        assertThat(settings.maxRecordSize()).isEqualTo(2048);
        assertThat(settings.directory()).isEqualTo("/in");
        assertThat(KafkaSources.raw(settings).getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.bootstrap-servers, ' ', kafka.bootstrap-servers must not be empty",
        "input.topic-pattern, '(', input.topic-pattern is not a regular expression",
        "input.discovery-interval, 0 s, input.discovery-interval must be positive",
        "input.max-record-size, 2 gb, input.max-record-size must be from 1 byte",
        "input.max-record-size, 0, input.max-record-size must be from 1 byte",
        "input.start, timestamp, input.start-timestamp is needed",
        "input.topics, autonomos.ledger, input.topics must not take in the topics",
        "input.topic-pattern, 'autonomos\\..*', input.topic-pattern must not take in the topics",
        "input.tenant, '*', tenant of a feed is a reserved name",
        "input.stream, '', stream of a feed is empty",
        "feeds.Big.topics, t, feeds.<name> must be 1 to 40 lower-case letters",
        "feeds.x.format, debezium, feeds.x.topics must name a topic",
        "feeds.x.topic-pattern, '(', feeds.x.topic-pattern is not a regular expression",
        "feeds.x.topic-pattern, '.*\\.raw', feeds.x.topic-pattern names a topic that input.topics",
        "feeds.x.topics, autonomos.raw, feeds.x.topics names a topic that input.topics has",
        "feeds.x.topics, autonomos.dead-letter, feeds.x.topics must not take in the topics"
    })
    void refusesWhatIsNotUsableAndNamesTheKey(String key, String value, String message) {
        Configuration config = Configuration.fromMap(Map.of(key, value));

        assertThatThrownBy(() -> SourceSettings.from(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AOS-705")
                .hasMessageContaining(message);
    }

    @Test
    void theTopicFollowsThePrefix() {
        Configuration config = Configuration.fromMap(Map.of("kafka.topic-prefix", "other"));

        assertThat(SourceSettings.from(config).main().topics()).containsExactly("other.raw");
    }

    @Test
    void aFeedTakesFromTheMainTopicsWhatItDoesNotSay() {
        Configuration config =
                Configuration.fromMap(
                        Map.of(
                                "kafka.bootstrap-servers", "b:1",
                                "kafka.properties.client.rack", "r",
                                "input.group-id", "g",
                                "input.start", "latest",
                                "feeds.cdc.topics", "srv.public.a;srv.public.b",
                                "feeds.cdc.format", "debezium",
                                "feeds.cdc.tenant", "acme",
                                "feeds.cdc.connection", "crm",
                                "feeds.cdc.source", "supabase",
                                "feeds.cdc.qualify-streams", "true"));

        FeedSettings feed = SourceSettings.from(config).feeds().get(0);

        assertThat(feed.name()).isEqualTo("cdc");
        assertThat(feed.bootstrapServers()).isEqualTo("b:1");
        assertThat(feed.kafkaProperties()).containsEntry("client.rack", "r");
        assertThat(feed.topics()).containsExactly("srv.public.a", "srv.public.b");
        assertThat(feed.groupId()).isEqualTo("g");
        assertThat(feed.start()).isEqualTo(StartPosition.LATEST);
        assertThat(feed.format()).isEqualTo(FeedFormat.DEBEZIUM);
        assertThat(feed.address())
                .isEqualTo(new FeedAddress("acme", "crm", "supabase", null, true));
    }

    @Test
    void aFeedOfAnotherClusterHasItsOwnBrokersPropertiesAndStart() {
        Map<String, String> all = new HashMap<>();
        all.put("kafka.properties.ssl.key.password", "${env:MAIN}");
        all.put("feeds.far.bootstrap-servers", "far:9092");
        all.put("feeds.far.topic-pattern", "autonomos\\..*");
        all.put("feeds.far.start", "timestamp");
        all.put("feeds.far.start-timestamp", "17");
        all.put("feeds.far.group-id", "other");
        all.put("feeds.farther.bootstrap-servers", "far:9093");
        all.put("feeds.farther.topics", "t");
        all.put("feeds.farther.properties.sasl.jaas.config", "${env:FAR}");
        SourceSettings settings = SourceSettings.from(Configuration.fromMap(all));

        FeedSettings far = settings.feeds().get(0);
        FeedSettings farther = settings.feeds().get(1);

        assertThat(far.bootstrapServers()).isEqualTo("far:9092");
        assertThat(far.kafkaProperties()).as("no credentials of another cluster").isEmpty();
        assertThat(far.startTimestamp()).isEqualTo(17);
        assertThat(far.groupId()).isEqualTo("other");
        assertThat(farther.kafkaProperties()).containsEntry("sasl.jaas.config", "${env:FAR}");
        assertThat(farther.start()).isEqualTo(StartPosition.COMMITTED);
        assertThat(KafkaSources.raw(settings, far).getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void aFeedRefusesALiteralSecretWithoutRepeatingIt() {
        Configuration config =
                Configuration.fromMap(
                        Map.of(
                                "feeds.x.topics",
                                "t",
                                "feeds.x.properties.ssl.key.password",
                                "hunter2"));

        assertThatThrownBy(() -> SourceSettings.from(config))
                .hasMessageContaining("feeds.x.properties.ssl.key.password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void neverPrintsTheValuesOfKafkaProperties() {
        SourceSettings settings = SourceSettings.from(kafka("client.id", "hunter2"));

        assertThat(settings.toString()).contains("client.id").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sasl.jaas.config", "ssl.key.password", "ssl.keystore.key"})
    void refusesALiteralSecretWithoutRepeatingIt(String key) {
        assertThatThrownBy(() -> SourceSettings.from(kafka(key, "hunter2")))
                .hasMessageContaining("AOS-705")
                .hasMessageContaining("kafka.properties." + key)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void kafkaClientsReadSecretsWhereTheyRun(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "hunter2\n");
        SourceSettings settings =
                SourceSettings.from(kafka("ssl.key.password", "${file:" + file + "}"));

        assertThat(settings.kafkaProperties().values()).noneMatch(v -> v.contains("hunter2"));
        Properties client = new Properties();
        client.putAll(settings.kafkaProperties());
        client.put("bootstrap.servers", "localhost:1");
        assertThat(new AdminClientConfig(client).getPassword("ssl.key.password").value())
                .isEqualTo("hunter2");
    }

    private static Configuration kafka(String key, String value) {
        Configuration config = new Configuration();
        config.set(SourceOptions.KAFKA_PROPERTIES, Map.of(key, value));
        return config;
    }
}
