package io.autonomos.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.operators.source.FeedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigTest {

    @TempDir private Path directory;

    @Test
    void readsNestedAndDottedKeysAndLetsArgumentsWin() throws IOException {
        Path file = directory.resolve("job.yaml");
        Files.writeString(
                file,
                """
                kafka:
                  bootstrap-servers: a:1
                  properties: {security.protocol: SSL}
                sinks: [kafka, duckdb]
                canonicalize.max-depth: 7
                execution.checkpointing.interval: 3 s
                """);

        Configuration config =
                JobConfig.fromArguments(
                        "-Dkafka.bootstrap-servers=b:2", "--config", file.toString());

        assertThat(config.toMap())
                .containsEntry("kafka.bootstrap-servers", "b:2")
                .containsEntry("kafka.properties.security.protocol", "SSL")
                .containsEntry("sinks", "kafka;duckdb")
                .containsEntry("canonicalize.max-depth", "7")
                .containsEntry("execution.checkpointing.interval", "3 s");
    }

    @Test
    void whatAFileSaysIsNotOverruledByTheStack() throws IOException {
        Path file = directory.resolve("job.yaml");
        Map<String, String> stack = Map.of("kafka.bootstrap-servers", "b:2", "postgres.url", "u");
        assertThat(JobConfig.unsaid(null, stack)).isEqualTo(stack);

        Files.writeString(file, "postgres: {url: mine}");
        assertThat(JobConfig.unsaid(file, stack))
                .isEqualTo(Map.of("kafka.bootstrap-servers", "b:2"));

        Files.writeString(file, "kafka: {bootstrap-servers: a:1}");
        assertThat(JobConfig.unsaid(file, stack)).as("another cluster").isEmpty();
    }

    @Test
    void refusesAMisspeltKeyAndNamesTheNearest() {
        assertThatThrownBy(() -> JobConfig.fromArguments("-Dkafka.boostrap-servers=a:1"))
                .hasMessage(
                        "AOS-705: kafka.boostrap-servers is no setting."
                                + " Did you mean kafka.bootstrap-servers?");
    }

    @Test
    void refusesAMisspeltKeyOfAFeedAndNamesTheNearest() {
        assertThatThrownBy(() -> JobConfig.fromArguments("-Dfeeds.cdc.formt=debezium"))
                .hasMessage(
                        "AOS-705: feeds.cdc.formt is no setting."
                                + " Did you mean feeds.<name>.format?");
        assertThatThrownBy(() -> JobConfig.fromArguments("-Dfeeds.topics=t"))
                .hasMessageContaining("feeds.topics is no setting");
    }

    @Test
    void readsFeedsAndKeepsThemFromFlink() throws IOException {
        Path file = directory.resolve("job.yaml");
        Files.writeString(
                file,
                """
                kafka.bootstrap-servers: a:1
                sinks: [kafka]
                state.backend.type: hashmap
                feeds:
                  crm-cdc:
                    format: debezium
                    topics: [srv.public.accounts, srv.public.contacts]
                    tenant: acme
                    properties: {security.protocol: SSL, sasl.jaas.config: "${env:JAAS}"}
                """);

        Configuration config = JobConfig.fromArguments("--config", file.toString());

        FeedSettings feed = JobSettings.from(config).source().feeds().get(0);
        assertThat(feed.name()).isEqualTo("crm-cdc");
        assertThat(feed.topics()).containsExactly("srv.public.accounts", "srv.public.contacts");
        assertThat(feed.kafkaProperties())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("sasl.jaas.config", "${env:JAAS}");
        assertThat(JobOptionsCatalog.others(config).keySet()).containsExactly("state.backend.type");
    }

    @Test
    void refusesArgumentsItDoesNotKnow() {
        assertThatThrownBy(() -> JobConfig.fromArguments("--parallelism", "2"))
                .hasMessageContaining("AOS-705")
                .hasMessageContaining("--parallelism");
    }

    @Test
    void refusesAFileThatIsNoYaml() throws IOException {
        Path file = directory.resolve("job.yaml");
        Files.writeString(file, "a: [");

        assertThatThrownBy(() -> JobConfig.fromArguments("--config", file.toString()))
                .hasMessageContaining("AOS-705")
                .hasMessageContaining("not YAML");
    }

    @Test
    void settingsNeedSomethingToRead() {
        Configuration config =
                JobConfig.fromArguments(
                        "-Dkafka.bootstrap-servers=a:1", "-Dsinks=kafka", "-Dinput.kafka=false");

        assertThatThrownBy(() -> JobSettings.from(config)).hasMessageContaining("input.directory");
    }

    @Test
    void refusesValuesThatAreNotOfTheirSettingsType() {
        assertThatThrownBy(() -> JobConfig.fromArguments("-Dsinks=kafka;mysql"))
                .hasMessage(
                        "AOS-705: sinks must be of kafka, postgres, duckdb, but was kafka;mysql.");
        assertThatThrownBy(() -> JobConfig.fromArguments("-Dpark.max-age=soon"))
                .hasMessageContaining("AOS-705: park.max-age cannot be read.");
    }
}
