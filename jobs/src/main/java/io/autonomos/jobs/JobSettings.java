package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.canonicalize.CanonicalizeSettings;
import io.autonomos.operators.drift.DetectSettings;
import io.autonomos.operators.materialize.MaterializeSettings;
import io.autonomos.operators.repair.RepairSettings;
import io.autonomos.operators.repair.llm.LlmSettings;
import io.autonomos.operators.review.ReviewSettings;
import io.autonomos.operators.sink.duckdb.DuckDbSettings;
import io.autonomos.operators.sink.kafka.KafkaSinkSettings;
import io.autonomos.operators.sink.postgres.PostgresSettings;
import io.autonomos.operators.sink.webhook.WebhookSettings;
import io.autonomos.operators.source.SourceSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The settings of the whole job, checked before any operator is built.
 *
 * @param readsKafka whether {@code input.topics} are read
 * @param llm null where no language model is asked
 * @param webhook null where nobody is told
 * @param postgres null where PostgreSQL is not among the sinks
 * @param duckDb null where DuckDB is not among the sinks
 */
public record JobSettings(
        boolean readsKafka,
        SourceSettings source,
        CanonicalizeSettings canonicalize,
        DetectSettings detect,
        RepairSettings repair,
        LlmSettings llm,
        ReviewSettings review,
        WebhookSettings webhook,
        MaterializeSettings materialize,
        Set<Store> sinks,
        KafkaSinkSettings kafka,
        PostgresSettings postgres,
        DuckDbSettings duckDb,
        boolean prepare,
        int topicPartitions,
        Duration checkpointInterval) {

    /** Reads and checks everything. */
    public static JobSettings from(ReadableConfig config) {
        Set<Store> sinks = EnumSet.noneOf(Store.class);
        sinks.addAll(config.get(JobOptions.SINKS));
        SourceSettings source = SourceSettings.from(config);
        KafkaSinkSettings kafka = KafkaSinkSettings.from(config);
        return new JobSettings(
                config.get(JobOptions.INPUT_KAFKA),
                source,
                CanonicalizeSettings.from(config, source.maxRecordSize(), kafka.maxEventBytes()),
                DetectSettings.from(config),
                RepairSettings.from(config),
                LlmSettings.from(config),
                ReviewSettings.from(config),
                WebhookSettings.from(config),
                MaterializeSettings.from(config, kafka.maxEventBytes()),
                sinks,
                kafka,
                sinks.contains(Store.POSTGRES) ? PostgresSettings.from(config) : null,
                sinks.contains(Store.DUCKDB) ? DuckDbSettings.from(config) : null,
                config.get(JobOptions.PREPARE),
                config.get(JobOptions.TOPIC_PARTITIONS),
                config.get(JobOptions.CHECKPOINT_INTERVAL));
    }

    /** The same with other settings of the stage that makes views. */
    JobSettings with(MaterializeSettings views) {
        return new JobSettings(
                readsKafka,
                source,
                canonicalize,
                detect,
                repair,
                llm,
                review,
                webhook,
                views,
                sinks,
                kafka,
                postgres,
                duckDb,
                prepare,
                topicPartitions,
                checkpointInterval);
    }

    public JobSettings {
        if (!readsKafka && source.directory() == null && source.feeds().isEmpty()) {
            throw JobConfig.invalid(
                    "nothing is read: input.kafka is false, and neither input.directory nor a feed"
                            + " is set");
        }
        if (topicPartitions < 1 || topicPartitions > 10_000) {
            throw JobConfig.invalid(
                    "%s must be 1 to 10000, but was %d"
                            .formatted(JobOptions.TOPIC_PARTITIONS.key(), topicPartitions));
        }
        if (checkpointInterval.toMillis() < 10) {
            throw JobConfig.invalid(
                    "%s must be at least 10 ms, but was %s"
                            .formatted(JobOptions.CHECKPOINT_INTERVAL.key(), checkpointInterval));
        }
    }
}
