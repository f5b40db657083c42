package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.canonicalize.Canonicalizer;
import io.autonomos.operators.sink.duckdb.DuckDbSink;
import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.sink.postgres.PostgresSink;
import io.autonomos.operators.source.FeedSettings;
import io.autonomos.operators.source.KafkaRegistryReader;
import io.autonomos.operators.source.KafkaSources;
import io.autonomos.operators.source.SourceSettings;
import io.autonomos.operators.source.directory.DirectorySources;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.MappingInEffect;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.types.MessageType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.MultipleConnectedStreams;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.KeyedMultipleInputTransformation;

/** The job graph, top to bottom. */
final class Topology {

    private final JobSettings settings;

    Topology(JobSettings settings) {
        this.settings = settings;
    }

    /** What the translating half of the job makes. */
    record Canonicalized(
            DataStream<CanonicalEvent> events,
            DataStream<DeadLetter> deadLetters,
            DataStream<LedgerEntry> ledger,
            DataStream<MappingInEffect> mappings,
            DataStream<RegistryMessage> verdicts,
            DataStream<Observation> observations) {}

    /** Sources ---> canonicalize ---> sinks; beside it drift ---> repair ---> review; views. */
    void build(StreamExecutionEnvironment env) {
        DataStream<ControlMessage> control = control(env);
        DataStream<RegistryMessage> mappings = mappings(env);
        Canonicalized canonicalized = canonicalize(raw(env), mappings, control);
        DataStream<RepairProposal> proposals =
                new DriftTopology(settings)
                        .build(canonicalized.observations(), control, memories(env));
        ViewTopology.Views views = null;
        DataStream<GraphChange> graph = null;
        if (settings.materialize().enabled()) {
            views = new ViewTopology(settings).build(canonicalized.events(), control);
            graph = new GraphTopology(settings).build(canonicalized, views.accounts());
        }
        DataStream<RegistryMessage> reviewed =
                new ReviewTopology(settings).build(env, proposals, mappings, views);
        sink(canonicalized, DriftTopology.versions(proposals).union(reviewed));
        if (settings.sinks().contains(Store.DUCKDB)) {
            DataStream<ViewChange> changes = views == null ? null : views.changes();
            sinkFiles(canonicalized.events(), changes, graph);
        }
    }

    /** Sources ---> canonicalize ---> materialize, and nothing else. */
    DataStream<ViewChange> replay(StreamExecutionEnvironment env) {
        DataStream<ControlMessage> control = control(env);
        Canonicalized canonicalized = canonicalize(raw(env), mappings(env), control);
        return new ViewTopology(settings).replay(canonicalized.events(), control);
    }

    /** Sources ---> canonicalize, and nothing else. */
    DataStream<CanonicalEvent> events(StreamExecutionEnvironment env) {
        return canonicalize(raw(env), mappings(env), control(env)).events();
    }

    /** The registry topic ---> mapping versions. */
    private DataStream<RegistryMessage> mappings(StreamExecutionEnvironment env) {
        return Stage.SOURCE_MAPPINGS
                .mark(
                        env.fromSource(
                                KafkaSources.registry(settings.source(), registryTopic()),
                                WatermarkStrategy.noWatermarks(),
                                Stage.SOURCE_MAPPINGS.uid(),
                                TypeInformation.of(RegistryMessage.class)))
                .setParallelism(1);
    }

    /** The control topic ---> settings of tenants. */
    private DataStream<ControlMessage> control(StreamExecutionEnvironment env) {
        String topic = Topics.control(settings.kafka().topicPrefix());
        return Stage.SOURCE_CONTROL
                .mark(
                        env.fromSource(
                                KafkaSources.control(settings.source(), topic),
                                WatermarkStrategy.noWatermarks(),
                                Stage.SOURCE_CONTROL.uid(),
                                MessageType.of(ControlMessage.class)))
                .setParallelism(1);
    }

    /** The topic of repair memories ---> what was said of earlier repairs. */
    private DataStream<RepairMemory> memories(StreamExecutionEnvironment env) {
        String topic = Topics.memory(settings.kafka().topicPrefix());
        return Stage.SOURCE_MEMORY
                .mark(
                        env.fromSource(
                                KafkaSources.memories(settings.source(), topic),
                                WatermarkStrategy.noWatermarks(),
                                Stage.SOURCE_MEMORY.uid(),
                                MessageType.of(RepairMemory.class)))
                .setParallelism(1);
    }

    private String registryTopic() {
        return Topics.mappings(settings.kafka().topicPrefix());
    }

    /** Raw topics, feeds and files ---> raw records. */
    private DataStream<RawRecord> raw(StreamExecutionEnvironment env) {
        List<DataStream<RawRecord>> all = new ArrayList<>();
        SourceSettings sources = settings.source();
        if (settings.readsKafka()) {
            String name = Stage.SOURCE_KAFKA.uid();
            all.add(Stage.SOURCE_KAFKA.mark(read(env, KafkaSources.raw(sources), name)));
        }
        for (FeedSettings feed : sources.feeds()) {
            String name = Stage.SOURCE_KAFKA.uid(feed.name());
            all.add(
                    Stage.SOURCE_KAFKA.mark(
                            read(env, KafkaSources.raw(sources, feed), name), feed.name()));
        }
        if (sources.directory() != null) {
            String name = Stage.SOURCE_FILES.uid();
            all.add(Stage.SOURCE_FILES.mark(read(env, DirectorySources.raw(sources), name)));
        }
        return all.stream().reduce((one, other) -> one.union(other)).orElseThrow();
    }

    private static SingleOutputStreamOperator<RawRecord> read(
            StreamExecutionEnvironment env, Source<RawRecord, ?, ?> source, String name) {
        return env.fromSource(
                source,
                WatermarkStrategy.noWatermarks(),
                name,
                TypeInformation.of(RawRecord.class));
    }

    /**
     * Raw records and mapping versions, keyed by stream, and settings for all ---> events, dead
     * letters, ledger, verdicts and observations.
     */
    Canonicalized canonicalize(
            DataStream<RawRecord> raw,
            DataStream<RegistryMessage> mappings,
            DataStream<ControlMessage> control) {
        KafkaRegistryReader registry =
                new KafkaRegistryReader(
                        settings.source().bootstrapServers(),
                        settings.source().kafkaProperties(),
                        registryTopic());
        StreamExecutionEnvironment env = raw.getExecutionEnvironment();
        KeySelector<RawRecord, StreamKey> byStream = RawRecord::key;
        KeySelector<RegistryMessage, StreamKey> byMapping = RegistryMessage::key;
        KeyedMultipleInputTransformation<CanonicalEvent> operator =
                new KeyedMultipleInputTransformation<>(
                        Stage.CANONICALIZE.uid(),
                        new Canonicalizer.Factory(settings.canonicalize(), registry),
                        TypeInformation.of(CanonicalEvent.class),
                        env.getParallelism(),
                        TypeInformation.of(StreamKey.class));
        operator.addInput(raw.keyBy(byStream).getTransformation(), byStream);
        operator.addInput(mappings.keyBy(byMapping).getTransformation(), byMapping);
        operator.addInput(control.broadcast().getTransformation(), null);
        env.addOperator(operator);
        SingleOutputStreamOperator<CanonicalEvent> events =
                Stage.CANONICALIZE.mark(new MultipleConnectedStreams(env).transform(operator));
        return new Canonicalized(
                events,
                events.getSideOutput(Canonicalizer.DEAD_LETTERS),
                events.getSideOutput(Canonicalizer.LEDGER),
                events.getSideOutput(Canonicalizer.MAPPINGS),
                events.getSideOutput(Canonicalizer.VERDICTS),
                events.getSideOutput(Canonicalizer.OBSERVATIONS));
    }

    private static <T> DataStream<TenantRow> row(
            DataStream<T> all, MapFunction<T, TenantRow> map, String name) {
        return Stage.SINK_DUCKDB.mark(all.map(map).returns(TenantRow.class), name);
    }

    /** Rows of all kinds ---> tenants' files. One file has one writer, so in one stream. */
    private void sinkFiles(
            DataStream<CanonicalEvent> events,
            DataStream<ViewChange> changes,
            DataStream<GraphChange> graph) {
        DataStream<TenantRow> rows = row(events, TenantRow::of, "events");
        if (changes != null) {
            rows =
                    rows.union(
                            row(changes, TenantRow::of, "views"),
                            row(graph, TenantRow::of, "graph"));
        }
        Stage.SINK_DUCKDB.mark(
                rows.keyBy(TenantRow::tenant).sinkTo(new DuckDbSink(settings.duckDb())));
    }

    /** Canonical events ---> stores; dead letters, ledger, verdicts and versions ---> Kafka. */
    private void sink(Canonicalized canonicalized, DataStream<RegistryMessage> versions) {
        KafkaSinks kafka = new KafkaSinks(settings.kafka(), settings.source().kafkaProperties());
        DataStream<CanonicalEvent> events = canonicalized.events();
        if (settings.sinks().contains(Store.KAFKA)) {
            Stage.SINK_KAFKA.mark(events.sinkTo(kafka.canonicalEvents()));
        }
        if (settings.sinks().contains(Store.POSTGRES)) {
            // In threads of their own: a database that is slow must not hold up the translation.
            Stage.SINK_POSTGRES
                    .mark(events.sinkTo(PostgresSink.canonicalEvents(settings.postgres())))
                    .disableChaining();
            Stage.SINK_POSTGRES_LEDGER
                    .mark(canonicalized.ledger().sinkTo(PostgresSink.ledger(settings.postgres())))
                    .disableChaining();
        }
        Stage.SINK_DEAD_LETTER.mark(canonicalized.deadLetters().sinkTo(kafka.deadLetters()));
        Stage.SINK_LEDGER.mark(canonicalized.ledger().sinkTo(kafka.ledger()));
        Stage.SINK_MAPPINGS.mark(canonicalized.verdicts().union(versions).sinkTo(kafka.registry()));
    }
}
