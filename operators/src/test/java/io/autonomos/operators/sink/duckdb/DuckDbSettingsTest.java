package io.autonomos.operators.sink.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDbSettingsTest {

    @Test
    void onlyTheDirectoryIsNeeded() {
        assertThat(DuckDbSettings.from(Configuration.fromMap(Map.of("duckdb.directory", "/data"))))
                .isEqualTo(
                        new DuckDbSettings(
                                "/data",
                                Duration.ofSeconds(5),
                                50_000,
                                64 << 20,
                                Duration.ofHours(1),
                                Duration.ofMillis(100),
                                256 << 20));
    }

    @Test
    void readsEveryKey() {
        Map<String, String> config =
                Map.of(
                        "duckdb.directory", "d",
                        "duckdb.commit-interval", "1 s",
                        "duckdb.buffer-events", "7",
                        "duckdb.buffer-size", "1 mb",
                        "duckdb.lock-wait", "2 min",
                        "duckdb.retry-delay", "3 ms",
                        "duckdb.memory", "64 mb");

        assertThat(DuckDbSettings.from(Configuration.fromMap(config)))
                .isEqualTo(
                        new DuckDbSettings(
                                "d",
                                Duration.ofSeconds(1),
                                7,
                                1 << 20,
                                Duration.ofMinutes(2),
                                Duration.ofMillis(3),
                                64 << 20));
    }

    @ParameterizedTest
    @CsvSource({
        "duckdb.directory,' '",
        "duckdb.commit-interval,0 s",
        "duckdb.buffer-events,0",
        "duckdb.buffer-size,0 b",
        "duckdb.lock-wait,0 s",
        "duckdb.retry-delay,0 s",
        "duckdb.memory,1 mb"
    })
    void refusesUnusableValuesByKey(String key, String value) {
        Configuration config = Configuration.fromMap(Map.of("duckdb.directory", "/data"));
        config.setString(key, value);

        assertThatThrownBy(() -> DuckDbSettings.from(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AOS-705")
                .hasMessageContaining(key);
    }
}
