package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.materialize.Keys;
import io.autonomos.operators.materialize.RecordVersions;
import io.autonomos.operators.materialize.ReferenceResolver;
import io.autonomos.operators.materialize.ReferenceUpdate;
import io.autonomos.operators.materialize.RowMaterializer;
import io.autonomos.operators.materialize.RowUpdate;
import io.autonomos.operators.materialize.ViewAccounts;
import io.autonomos.operators.materialize.ViewSignal;
import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.sink.postgres.PostgresSink;
import io.autonomos.operators.source.KafkaSources;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.MessageType;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** The half of the job graph that makes unified views, top to bottom. */
final class ViewTopology {

    private final JobSettings settings;

    ViewTopology(JobSettings settings) {
        this.settings = settings;
    }

    /** What the stage makes. */
    record Views(
            DataStream<ViewChange> changes,
            DataStream<ViewAccount> accounts,
            DataStream<RebuildMessage> moves,
            DataStream<MergeDecision> merges) {}

    /** Canonical events ---> materialize ---> sinks; hands on what others need of it. */
    Views build(DataStream<CanonicalEvent> events, DataStream<ControlMessage> control) {
        StreamExecutionEnvironment env = events.getExecutionEnvironment();
        DataStream<MergeDecision> merges = merges(env);
        DataStream<ViewSignal> told =
                signals(control.map(ViewSignal::of), "settings")
                        .union(signals(merges.flatMap(ViewTopology::moves), "merges"));
        DataStream<ViewSignal> news = signals(rebuild(env).map(ViewSignal::of), "news");
        Views views = materialize(events, told, news, merges);
        sink(views);
        return views;
    }

    /** The same without sinks, and by the rules and decisions that the settings name alone. */
    DataStream<ViewChange> replay(
            DataStream<CanonicalEvent> events, DataStream<ControlMessage> control) {
        DataStream<ControlMessage> none = control.filter(message -> false);
        DataStream<ViewSignal> told = signals(none.map(ViewSignal::of), "settings");
        return materialize(events, told, told, null).changes();
    }

    /** Passes on what moves rows. */
    private static void moves(MergeDecision decision, Collector<ViewSignal> out) {
        if (!decision.isOfPair()) {
            out.collect(ViewSignal.of(decision));
        }
    }

    /** The rebuild topic ---> news of records. */
    private DataStream<RebuildMessage> rebuild(StreamExecutionEnvironment env) {
        String topic = Topics.rebuild(settings.kafka().topicPrefix());
        return Stage.SOURCE_REBUILD
                .mark(
                        env.fromSource(
                                KafkaSources.rebuild(
                                        settings.source(), topic, System.currentTimeMillis()),
                                WatermarkStrategy.noWatermarks(),
                                Stage.SOURCE_REBUILD.uid(),
                                MessageType.of(RebuildMessage.class)))
                .setParallelism(1);
    }

    /** The topic of merges ---> people's decisions. */
    private DataStream<MergeDecision> merges(StreamExecutionEnvironment env) {
        String topic = Topics.merges(settings.kafka().topicPrefix());
        return Stage.SOURCE_MERGES
                .mark(
                        env.fromSource(
                                KafkaSources.merges(settings.source(), topic),
                                WatermarkStrategy.noWatermarks(),
                                Stage.SOURCE_MERGES.uid(),
                                MessageType.of(MergeDecision.class)))
                .setParallelism(1);
    }

    private static DataStream<ViewSignal> signals(
            SingleOutputStreamOperator<ViewSignal> messages, String name) {
        TypeInformation<ViewSignal> type = Form.typeOf(new ViewSignal.Sent());
        return Stage.MATERIALIZE.mark(messages.returns(type).setParallelism(1), name);
    }

    /**
     * Events ---> latest versions (---> references) ---> unified rows; beside it what all are told.
     */
    private Views materialize(
            DataStream<CanonicalEvent> events,
            DataStream<ViewSignal> told,
            DataStream<ViewSignal> news,
            DataStream<MergeDecision> merges) {
        TypeInformation<RowUpdate> updates = Form.typeOf(new RowUpdate.Sent());
        SingleOutputStreamOperator<RowUpdate> records =
                Stage.MATERIALIZE.mark(
                        ToldStream.of(
                                events.keyBy(Keys::record),
                                told.union(news),
                                updates,
                                new RecordVersions(settings.materialize())),
                        "records");
        SingleOutputStreamOperator<RowUpdate> references =
                Stage.MATERIALIZE.mark(
                        records.getSideOutput(RecordVersions.REFERENCES)
                                .keyBy(ReferenceUpdate::targetKey)
                                .process(new ReferenceResolver(), updates),
                        "references");
        SingleOutputStreamOperator<ViewChange> changes =
                Stage.MATERIALIZE.mark(
                        ToldStream.of(
                                records.union(references).keyBy(RowUpdate::rowKey),
                                told,
                                TypeInformation.of(ViewChange.class),
                                new RowMaterializer(settings.materialize())));
        SingleOutputStreamOperator<ViewAccount> accounts =
                Stage.MATERIALIZE.mark(
                        records.getSideOutput(RecordVersions.ACCOUNTS)
                                .keyBy(ViewAccount::key)
                                .transform(
                                        Stage.MATERIALIZE.uid("ledger"),
                                        MessageType.of(ViewAccount.class),
                                        new ViewAccounts(settings.materialize())),
                        "ledger");
        return new Views(changes, accounts, changes.getSideOutput(RowMaterializer.MOVES), merges);
    }

    /** Unified rows ---> stores; accounts ---> Kafka. */
    private void sink(Views views) {
        KafkaSinks kafka = new KafkaSinks(settings.kafka(), settings.source().kafkaProperties());
        if (settings.sinks().contains(Store.KAFKA)) {
            Stage.SINK_KAFKA_VIEWS.mark(views.changes().sinkTo(kafka.views()));
        }
        if (settings.sinks().contains(Store.POSTGRES)) {
            Stage.SINK_POSTGRES_VIEWS
                    .mark(views.changes().sinkTo(PostgresSink.views(settings.postgres())))
                    .disableChaining();
            Stage.SINK_POSTGRES_VIEWS_LEDGER
                    .mark(views.accounts().sinkTo(PostgresSink.viewAccounts(settings.postgres())))
                    .disableChaining();
        }
        Stage.SINK_REBUILD.mark(views.moves().sinkTo(kafka.rebuild()).setParallelism(1));
        Stage.SINK_VIEWS_LEDGER.mark(views.accounts().sinkTo(kafka.viewAccounts()));
    }
}
