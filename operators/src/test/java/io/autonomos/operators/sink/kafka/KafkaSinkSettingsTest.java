package io.autonomos.operators.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSinkSettingsTest {

    @Test
    void defaultsNeedOnlyTheBrokers() {
        KafkaSinkSettings settings = from(Map.of("kafka.bootstrap-servers", "localhost:9092"));

        assertThat(settings.topicPrefix()).isEqualTo("autonomos");
        assertThat(settings.transactionTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.producer(Map.of()))
                .containsEntry("transaction.timeout.ms", "900000")
                .containsEntry("linger.ms", "20")
                .containsEntry("batch.size", "1048576")
                .containsEntry("compression.type", "none")
                .containsEntry("max.request.size", "8388608");
    }

    @Test
    void everyKeyIsRead() {
        KafkaSinkSettings settings =
                from(
                        Map.of(
                                "kafka.bootstrap-servers", "a:1",
                                "kafka.topic-prefix", "p",
                                "kafka.sink.transactional-id-prefix", "t",
                                "kafka.sink.transaction-timeout", "2 min",
                                "kafka.sink.linger", "1 ms",
                                "kafka.sink.batch-size", "1 kb",
                                "kafka.sink.compression", "lz4",
                                "kafka.sink.max-message-size", "2 mb"));

        assertThat(settings.topicPrefix()).isEqualTo("p");
        assertThat(settings.transactionalIdPrefix()).isEqualTo("t");
        assertThat(settings.producer(Map.of()))
                .containsEntry("transaction.timeout.ms", "120000")
                .containsEntry("linger.ms", "1")
                .containsEntry("batch.size", "1024")
                .containsEntry("compression.type", "lz4")
                .containsEntry("max.request.size", "2097152");
    }

    @Test
    void propertiesOfAllClientsReachTheProducersAndTheSettingsWinOverThem() {
        KafkaSinkSettings settings = from(Map.of("kafka.bootstrap-servers", "a:1"));

        assertThat(settings.producer(Map.of("security.protocol", "SSL", "linger.ms", "7")))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "20");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.bootstrap-servers, ' '",
        "kafka.topic-prefix, a/b",
        "kafka.sink.transactional-id-prefix, ' '",
        "kafka.sink.transaction-timeout, 10 ms",
        "kafka.sink.linger, 2 min",
        "kafka.sink.batch-size, 4 gb",
        "kafka.sink.compression, rar",
        "kafka.sink.max-message-size, 10 kb",
    })
    void anUnusableValueIsRefusedByItsKey(String key, String value) {
        Map<String, String> config =
                new java.util.HashMap<>(Map.of("kafka.bootstrap-servers", "a:1"));
        config.put(key, value);

        assertThatThrownBy(() -> from(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AOS-701: " + key + " must ");
    }

    private static KafkaSinkSettings from(Map<String, String> config) {
        return KafkaSinkSettings.from(Configuration.fromMap(config));
    }
}
