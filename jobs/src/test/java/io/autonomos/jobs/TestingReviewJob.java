package io.autonomos.jobs;

import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.source.KafkaSources;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.types.MessageType;
import java.io.IOException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The reviewing part of the job alone, with proposals from a topic in place of the repair stage.
 */
public final class TestingReviewJob {

    private TestingReviewJob() {}

    /** Where the test puts proposals in. */
    public static String input(String prefix) {
        return prefix + ".test-proposals";
    }

    /** Submits it, from a savepoint where there is one. */
    public static JobClient submit(Configuration config, String savepoint) throws Exception {
        JobSettings settings = JobSettings.from(config);
        Topics.ensure(settings);
        Configuration flink = JobOptionsCatalog.others(config);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        if (savepoint != null) {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(1);
        KafkaSource<RepairProposal> proposals =
                KafkaSource.<RepairProposal>builder()
                        .setBootstrapServers(settings.kafka().bootstrapServers())
                        .setTopics(input(settings.kafka().topicPrefix()))
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setValueOnlyDeserializer(new Proposals())
                        .build();
        DataStream<RegistryMessage> mappings =
                read(
                        env,
                        KafkaSources.registry(
                                settings.source(), Topics.mappings(settings.kafka().topicPrefix())),
                        "mappings",
                        TypeInformation.of(RegistryMessage.class));
        DataStream<RegistryMessage> versions =
                new ReviewTopology(settings)
                        .build(
                                env,
                                read(
                                        env,
                                        proposals,
                                        "proposals",
                                        MessageType.of(RepairProposal.class)),
                                mappings,
                                null);
        KafkaSinks kafka = new KafkaSinks(settings.kafka(), settings.source().kafkaProperties());
        verdicts(env, settings, mappings).union(versions).sinkTo(kafka.registry()).uid("versions");
        return env.executeAsync("reviews");
    }

    /** The translating stage, for its verdicts. */
    private static DataStream<RegistryMessage> verdicts(
            StreamExecutionEnvironment env,
            JobSettings settings,
            DataStream<RegistryMessage> mappings) {
        String prefix = settings.kafka().topicPrefix();
        return new Topology(settings)
                .canonicalize(
                        read(
                                env,
                                KafkaSources.raw(settings.source()),
                                "raw",
                                TypeInformation.of(RawRecord.class)),
                        mappings,
                        read(
                                env,
                                KafkaSources.control(settings.source(), Topics.control(prefix)),
                                "control",
                                MessageType.of(ControlMessage.class)))
                .verdicts();
    }

    private static <T> DataStream<T> read(
            StreamExecutionEnvironment env,
            KafkaSource<T> source,
            String name,
            TypeInformation<T> type) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), name, type).uid(name);
    }

    private static final class Proposals extends AbstractDeserializationSchema<RepairProposal> {

        private static final long serialVersionUID = 1L;

        Proposals() {
            super(MessageType.of(RepairProposal.class));
        }

        @Override
        public RepairProposal deserialize(byte[] message) throws IOException {
            try {
                return MessageJson.read(RepairProposal.class, message);
            } catch (MessageException e) {
                throw new IOException(e);
            }
        }
    }
}
