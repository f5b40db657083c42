package io.autonomos.operators.sink.postgres;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Declares the keys under {@code postgres.*}. Read them through {@link PostgresSettings} only. */
public final class PostgresOptions {

    public static final ConfigOption<String> URL =
            ConfigOptions.key("postgres.url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The database, as jdbc:postgresql://host:port/database, without a user or "
                                    + "password. The tables are in the schema that currentSchema names.");

    public static final ConfigOption<String> USER =
            ConfigOptions.key("postgres.user")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The login of the sinks: a member of the role autonomos_writer, which each "
                                    + "connection takes on.");

    public static final ConfigOption<String> PASSWORD =
            ConfigOptions.key("postgres.password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The login's password by reference, ${env:NAME} or ${file:/path}; read where "
                                    + "the connection is opened. Leave it out where the server asks for none.");

    public static final ConfigOption<String> MIGRATION_USER =
            ConfigOptions.key("postgres.migration.user")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The login that creates roles and tables before the job is submitted; it may "
                                    + "create roles. Without it postgres.user is taken.");

    public static final ConfigOption<String> MIGRATION_PASSWORD =
            ConfigOptions.key("postgres.migration.password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("That login's password by reference.");

    public static final ConfigOption<Integer> BATCH_SIZE =
            ConfigOptions.key("postgres.sink.batch-size")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "How many events a transaction holds. Larger means fewer round trips and "
                                    + "commits, and more memory; there is little to gain above 1000.");

    public static final ConfigOption<Duration> BATCH_INTERVAL =
            ConfigOptions.key("postgres.sink.batch-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "How long an event waits at most for its batch to fill. Shorter shows events "
                                    + "sooner; longer coalesces more changes of one record into one row.");

    public static final ConfigOption<Duration> GIVE_UP_AFTER =
            ConfigOptions.key("postgres.sink.give-up-after")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "How long a sink waits for a server that is down, holding the job back, until "
                                    + "it lets the job fail and restart. Nothing is lost either way.");

    public static final ConfigOption<Boolean> EVENT_LOG =
            ConfigOptions.key("postgres.sink.event-log")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether every event is also written to canonical_events. Without it the "
                                    + "sink writes half as much and the history stays in Kafka alone.");

    public static final ConfigOption<Duration> EVENT_LOG_RETENTION =
            ConfigOptions.key("postgres.sink.event-log-retention")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long an event stays in canonical_events, from when it was written; "
                                    + "default: for ever. Each batch deletes at most twice what it adds, "
                                    + "so a silent job deletes nothing; an index on written_at, made by "
                                    + "the migrations, slows the log's inserts by about a seventh. "
                                    + "Shorter bounds the disk sooner; an event sent again after that is "
                                    + "written again.");

    public static final ConfigOption<Boolean> SYNCHRONOUS_COMMIT =
            ConfigOptions.key("postgres.sink.synchronous-commit")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether a commit waits for the server's disk. When off, a crash of the "
                                    + "server can lose rows that a checkpoint already counts as written.");

    public static final ConfigOption<Duration> CONNECT_TIMEOUT =
            ConfigOptions.key("postgres.connect-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long opening a connection may take. Shorter tries again sooner; longer "
                                    + "bears with a slow network.");

    public static final ConfigOption<Duration> SOCKET_TIMEOUT =
            ConfigOptions.key("postgres.socket-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "How long the server may take to answer a statement before the connection "
                                    + "counts as dead. It must outlast the slowest batch.");

    private PostgresOptions() {}
}
