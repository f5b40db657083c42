package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.graph.GraphKeeper;
import io.autonomos.operators.graph.StreamFacts;
import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.sink.postgres.PostgresSink;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.types.MessageType;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The part of the job graph that keeps each tenant's graph. */
final class GraphTopology {

    private static final TypeInformation<StreamFacts> FACTS = MessageType.of(StreamFacts.class);

    private final JobSettings settings;

    GraphTopology(JobSettings settings) {
        this.settings = settings;
    }

    /** Accounts and mappings in effect, keyed by tenant ---> nodes and edges ---> stores. */
    DataStream<GraphChange> build(
            Topology.Canonicalized canonicalized, DataStream<ViewAccount> views) {
        DataStream<StreamFacts> facts =
                facts(canonicalized.mappings(), StreamFacts::of, "mappings")
                        .union(
                                facts(canonicalized.ledger(), StreamFacts::of, "ledger"),
                                facts(views, StreamFacts::of, "views"));
        SingleOutputStreamOperator<GraphChange> changes =
                Stage.GRAPH.mark(
                        facts.keyBy(StreamFacts::tenant)
                                .transform(
                                        Stage.GRAPH.uid(),
                                        MessageType.of(GraphChange.class),
                                        new GraphKeeper()));
        sink(changes);
        return changes;
    }

    private static <T> DataStream<StreamFacts> facts(
            DataStream<T> all, MapFunction<T, StreamFacts> map, String name) {
        return Stage.GRAPH.mark(all.map(map).returns(FACTS), name);
    }

    /** Nodes and edges ---> stores. */
    private void sink(DataStream<GraphChange> changes) {
        if (settings.sinks().contains(Store.KAFKA)) {
            KafkaSinks kafka =
                    new KafkaSinks(settings.kafka(), settings.source().kafkaProperties());
            Stage.SINK_KAFKA_GRAPH.mark(changes.sinkTo(kafka.graph()));
        }
        if (settings.sinks().contains(Store.POSTGRES)) {
            Stage.SINK_POSTGRES_GRAPH
                    .mark(changes.sinkTo(PostgresSink.graph(settings.postgres())))
                    .disableChaining();
        }
    }
}
