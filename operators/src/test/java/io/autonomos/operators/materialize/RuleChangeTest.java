package io.autonomos.operators.materialize;

import static io.autonomos.operators.TestingEvents.event;
import static io.autonomos.operators.materialize.TestingMaterializer.SETTINGS;
import static io.autonomos.operators.materialize.TestingMaterializer.take;
import static io.autonomos.operators.materialize.TestingMaterializer.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingEvents;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.model.EntityModel;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What each operator of the stage does where the rules of a tenant change. */
@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
class RuleChangeTest {

    @Test
    void rowsThatWereNotLookedAtAgainBeforeARestartAreAfterIt() throws Exception {
        CanonicalEvent crm = ada().connection("crm").at(1).with("title", "long title").build();
        CanonicalEvent help = ada().connection("help").at(2).with("title", "t").build();
        OperatorSubtaskState snapshot;
        try (var rows = rows(null)) {
            send(rows, RowUpdate.join("contact", "email:ada@x.org", Contribution.of(crm)));
            send(rows, RowUpdate.join("contact", "email:ada@x.org", Contribution.of(help)));
            rows.processElement2(
                    new StreamRecord<>(
                            ViewSignal.of(
                                    rules(
                                            "view-merge.contact.title",
                                            "longest",
                                            "view-identity.contact",
                                            "record"))));
            take(rows);
            rows.getOperator().prepareSnapshotPreBarrier(1);
            snapshot = rows.snapshot(1, 1);
            assertThat(rows.getSideOutput(RowMaterializer.MOVES)).isNull();
        }

        try (var rows = rows(snapshot)) {
            rows.setProcessingTime(1_000);

            assertThat(rows.getSideOutput(RowMaterializer.MOVES))
                    .extracting(each -> each.getValue().record().connection())
                    .containsExactlyInAnyOrder("crm", "help");
            assertThat(new String(take(rows).get(0).json(), UTF_8))
                    .contains("\"title\":\"long title\"");
            assertThat(rows.snapshot(2, 2)).isNotNull();
        }
    }

    @Test
    void rulesOutliveARestartAndAMoveOfAVersionThatIsNotTheLatestChangesNothing() throws Exception {
        CanonicalEvent first = ada().at(1).build();
        CanonicalEvent second = ada().at(1, 1).with("title", "t").build();
        OperatorSubtaskState snapshot;
        try (var records = records(null)) {
            records.processElement1(new StreamRecord<>(first));
            records.processElement2(
                    new StreamRecord<>(ViewSignal.of(rules("view-identity.contact", "record"))));
            take(records);
            snapshot = records.snapshot(1, 1);
        }

        try (var records = records(snapshot)) {
            ViewSignal late = ViewSignal.of(move(second));
            records.processElement2(new StreamRecord<>(late));
            assertThat(take(records)).isEmpty();

            records.processElement2(new StreamRecord<>(ViewSignal.of(move(first))));
            assertThat(take(records))
                    .extracting(RowUpdate::row)
                    .containsExactly("email:ada@x.org", "record:crm-prod/Things/1");

            records.processElement2(new StreamRecord<>(ViewSignal.of(move(first))));
            assertThat(take(records)).isEmpty();
        }
    }

    @Test
    void aRebuildThatIsHalfThereOutlivesARestartAndEndsWithItsCommit() throws Exception {
        CanonicalEvent old = ada().at(1, 7).build();
        CanonicalEvent now = ada().at(1, 7).with("title", "new").build();
        CanonicalEvent more = event("contact", "2").at(1, 8).build();
        OperatorSubtaskState snapshot;
        try (var records = records(null)) {
            records.processElement1(new StreamRecord<>(old));
            records.processElement2(new StreamRecord<>(ViewSignal.of(stage(now))));
            assertThat(take(records)).extracting(RowUpdate::row).containsExactly("email:ada@x.org");
            snapshot = records.snapshot(1, 1);
        }

        try (var records = records(snapshot)) {
            records.processElement2(new StreamRecord<>(ViewSignal.of(stage(more))));
            assertThat(take(records)).isEmpty();

            RebuildMessage commit = RebuildMessage.end("commit", "acme", "b", 2L);
            records.processElement2(new StreamRecord<>(ViewSignal.of(commit)));
            assertThat(take(records))
                    .extracting(RowUpdate::row)
                    .containsExactlyInAnyOrder("email:ada@x.org", "record:crm-prod/Things/2");

            records.processElement2(new StreamRecord<>(ViewSignal.of(commit)));
            assertThat(take(records)).isEmpty();
            assertThat(records.numKeyedStateEntries()).isEqualTo(2);
        }
    }

    private static RebuildMessage stage(CanonicalEvent event) {
        return RecordMessages.stage("b", EntityModel.shipped().entity(event.entity()), event);
    }

    private static ControlMessage rules(String... policies) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < policies.length; i += 2) {
            all.put(policies[i], policies[i + 1]);
        }
        return new ControlMessage("acme", 1, Map.of(), all, Map.of(), "jo", null, Instant.EPOCH);
    }

    private static RebuildMessage move(CanonicalEvent event) {
        return RecordMessages.move(
                EntityModel.shipped().entity(event.entity()), Contribution.of(event));
    }

    private static TestingEvents ada() {
        return event("contact", "1").with("email", "ada@x.org");
    }

    private static void send(
            KeyedTwoInputStreamOperatorTestHarness<String, RowUpdate, ?, ?> harness,
            RowUpdate update)
            throws Exception {
        harness.processElement1(new StreamRecord<>(update));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, CanonicalEvent, ViewSignal, RowUpdate>
            records(OperatorSubtaskState snapshot) throws Exception {
        return opened(told(new RecordVersions(SETTINGS), Keys::record), snapshot);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, RowUpdate, ViewSignal, ViewChange>
            rows(OperatorSubtaskState snapshot) throws Exception {
        return opened(told(new RowMaterializer(SETTINGS), RowUpdate::rowKey), snapshot);
    }

    private static <H extends AbstractStreamOperatorTestHarness<?>> H opened(
            H harness, OperatorSubtaskState snapshot) throws Exception {
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }
}
