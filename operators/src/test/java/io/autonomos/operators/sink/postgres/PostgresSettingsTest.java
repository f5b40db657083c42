package io.autonomos.operators.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSettingsTest {

    private static final Map<String, String> LEAST =
            Map.of("postgres.url", "jdbc:postgresql://db:5432/app", "postgres.user", "job");

    @Test
    void theLeastIsAnAddressAndALogin() {
        PostgresSettings settings = from(Map.of());

        assertThat(settings.password()).isNull();
        assertThat(settings.migrationUser()).isEqualTo("job");
        assertThat(settings.batchSize()).isEqualTo(1000);
        assertThat(settings.batchInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.giveUpAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.eventLog()).isTrue();
        assertThat(settings.eventLogRetention()).isNull();
        assertThat(settings.synchronousCommit()).isTrue();
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.socketTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void everyKeyIsRead() {
        PostgresSettings settings =
                from(
                        Map.ofEntries(
                                Map.entry("postgres.password", "${env:A}"),
                                Map.entry("postgres.migration.user", "admin"),
                                Map.entry("postgres.migration.password", "${env:B}"),
                                Map.entry("postgres.sink.batch-size", "7"),
                                Map.entry("postgres.sink.batch-interval", "2 s"),
                                Map.entry("postgres.sink.give-up-after", "3 s"),
                                Map.entry("postgres.sink.event-log", "false"),
                                Map.entry("postgres.sink.event-log-retention", "30 d"),
                                Map.entry("postgres.sink.synchronous-commit", "false"),
                                Map.entry("postgres.connect-timeout", "4 s"),
                                Map.entry("postgres.socket-timeout", "5 s")));

        assertThat(settings.toString())
                .isEqualTo(
                        "PostgresSettings[url=jdbc:postgresql://db:5432/app, user=job, password=${env:A},"
                                + " migrationUser=admin, migrationPassword=${env:B}, batchSize=7,"
                                + " batchInterval=PT2S, giveUpAfter=PT3S, eventLog=false,"
                                + " eventLogRetention=PT720H, synchronousCommit=false, connectTimeout=PT4S, socketTimeout=PT5S]");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres.url, jdbc:mysql://db/app, AOS-701",
        "postgres.url, jdbc:postgresql://db/app?password=s3cret, AOS-701",
        "postgres.url, jdbc:postgresql://db/app?user=job, AOS-701",
        "postgres.url, jdbc:postgresql://db/app?sslpassword=s3cret, AOS-701",
        "postgres.user, ' ', AOS-701",
        "postgres.password, s3cret, AOS-705",
        "postgres.sink.batch-size, 0, AOS-701",
        "postgres.sink.batch-interval, 0 s, AOS-701",
        "postgres.sink.give-up-after, 0 s, AOS-701",
        "postgres.connect-timeout, 1 ms, AOS-701",
        "postgres.socket-timeout, 2 d, AOS-701",
    })
    void anUnusableValueIsRefusedByItsKeyAndNoSecretIsRepeated(
            String key, String value, String code) {
        assertThatThrownBy(() -> from(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(code + ": " + key + " must ")
                .message()
                .doesNotContain("s3cret");
    }

    private static PostgresSettings from(Map<String, String> more) {
        Map<String, String> config = new HashMap<>(LEAST);
        config.putAll(more);
        return PostgresSettings.from(Configuration.fromMap(config));
    }
}
