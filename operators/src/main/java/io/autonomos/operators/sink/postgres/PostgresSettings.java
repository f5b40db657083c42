package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.config.Secret;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.postgresql.Driver;

/** The settings of the PostgreSQL sinks and migrations, checked once when the job is built. */
public record PostgresSettings(
        String url,
        String user,
        Secret password,
        String migrationUser,
        Secret migrationPassword,
        int batchSize,
        Duration batchInterval,
        Duration giveUpAfter,
        boolean eventLog,
        Duration eventLogRetention,
        boolean synchronousCommit,
        Duration connectTimeout,
        Duration socketTimeout)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public PostgresSettings {
        requireUrl(url);
        if (user == null || user.isBlank()) {
            throw invalid(PostgresOptions.USER, "must name a login", "");
        }
        if (batchSize < 1 || batchSize > 100_000) {
            throw invalid(PostgresOptions.BATCH_SIZE, "must be from 1 to 100000", batchSize);
        }
        requirePositive(PostgresOptions.BATCH_INTERVAL, batchInterval);
        requirePositive(PostgresOptions.GIVE_UP_AFTER, giveUpAfter);
        if (eventLogRetention != null && eventLogRetention.toSeconds() < 1) {
            throw invalid(
                    PostgresOptions.EVENT_LOG_RETENTION, "must be at least 1 s", eventLogRetention);
        }
        requireSeconds(PostgresOptions.CONNECT_TIMEOUT, connectTimeout);
        requireSeconds(PostgresOptions.SOCKET_TIMEOUT, socketTimeout);
    }

    /** Reads and checks the settings. */
    public static PostgresSettings from(ReadableConfig config) {
        String user = config.get(PostgresOptions.USER);
        Secret password = secret(config, PostgresOptions.PASSWORD);
        boolean sameLogin = config.get(PostgresOptions.MIGRATION_USER) == null;
        return new PostgresSettings(
                config.get(PostgresOptions.URL),
                user,
                password,
                sameLogin ? user : config.get(PostgresOptions.MIGRATION_USER),
                sameLogin ? password : secret(config, PostgresOptions.MIGRATION_PASSWORD),
                config.get(PostgresOptions.BATCH_SIZE),
                config.get(PostgresOptions.BATCH_INTERVAL),
                config.get(PostgresOptions.GIVE_UP_AFTER),
                config.get(PostgresOptions.EVENT_LOG),
                config.get(PostgresOptions.EVENT_LOG_RETENTION),
                config.get(PostgresOptions.SYNCHRONOUS_COMMIT),
                config.get(PostgresOptions.CONNECT_TIMEOUT),
                config.get(PostgresOptions.SOCKET_TIMEOUT));
    }

    private static Secret secret(ReadableConfig config, ConfigOption<String> option) {
        return Secret.ofNullable(option.key(), config.get(option));
    }

    /** The address is not repeated in the message: what was given may hold a password. */
    private static void requireUrl(String url) {
        Properties parsed = url == null ? null : Driver.parseURL(url, null);
        if (parsed == null) {
            throw invalid(
                    PostgresOptions.URL,
                    "must be of the form jdbc:postgresql://host:port/database",
                    "something else");
        }
        for (String each : parsed.stringPropertyNames()) {
            String name = each.toLowerCase(Locale.ROOT);
            if (name.contains("password") || name.equals("user")) {
                throw invalid(
                        PostgresOptions.URL,
                        "must not hold a user or password; set postgres.user and postgres.password",
                        "an address with " + each);
            }
        }
    }

    private static void requirePositive(ConfigOption<Duration> option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw invalid(option, "must be positive", value);
        }
    }

    private static void requireSeconds(ConfigOption<Duration> option, Duration value) {
        if (value.toSeconds() < 1 || value.toSeconds() > 86_400) {
            throw invalid(option, "must be from 1 s to 1 day", value);
        }
    }

    private static IllegalArgumentException invalid(
            ConfigOption<?> option, String expected, Object value) {
        return new IllegalArgumentException(
                "%s: %s %s, but was %s."
                        .formatted(ErrorCode.SINK_CONFIG.code(), option.key(), expected, value));
    }
}
