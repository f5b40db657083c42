package io.autonomos.jobs;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.operators.materialize.Keys;
import io.autonomos.operators.materialize.RecordVersions;
import io.autonomos.operators.materialize.ReferenceResolver;
import io.autonomos.operators.materialize.ReferenceUpdate;
import io.autonomos.operators.materialize.RowMaterializer;
import io.autonomos.operators.materialize.RowUpdate;
import io.autonomos.operators.materialize.ViewAccounts;
import io.autonomos.operators.sink.kafka.KafkaSinks;
import io.autonomos.operators.sink.postgres.PostgresSink;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.MessageType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The half of the job graph that makes unified views, top to bottom. */
final class ViewTopology {

    private final JobSettings settings;

    ViewTopology(JobSettings settings) {
        this.settings = settings;
    }

    /** What the stage makes. */
    record Views(DataStream<ViewChange> changes, DataStream<ViewAccount> accounts) {}

    /** Canonical events ---> materialize ---> sinks; hands the changes on for tenants' files. */
    DataStream<ViewChange> build(DataStream<CanonicalEvent> events) {
        Views views = materialize(events);
        sink(views);
        return views.changes();
    }

    /** Events ---> latest versions (---> references) ---> unified rows. */
    Views materialize(DataStream<CanonicalEvent> events) {
        TypeInformation<RowUpdate> updates = Form.typeOf(new RowUpdate.Sent());
        SingleOutputStreamOperator<RowUpdate> records =
                Stage.MATERIALIZE.mark(
                        events.keyBy(Keys::record)
                                .transform(
                                        Stage.MATERIALIZE.uid("records"),
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
                        records.union(references)
                                .keyBy(RowUpdate::rowKey)
                                .transform(
                                        Stage.MATERIALIZE.uid(),
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
        return new Views(changes, accounts);
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
        Stage.SINK_VIEWS_LEDGER.mark(views.accounts().sinkTo(kafka.viewAccounts()));
    }
}
