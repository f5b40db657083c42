package io.autonomos.operators.materialize;

import static io.autonomos.operators.TestingEvents.event;
import static io.autonomos.operators.materialize.TestingMaterializer.SETTINGS;
import static io.autonomos.operators.materialize.TestingMaterializer.take;
import static io.autonomos.operators.materialize.TestingMaterializer.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autonomos.operators.TestingEvents;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.ViewAccount;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Each operator of the stage alone: order, time, restarts. */
@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
class MaterializeStageTest {

    @Test
    void olderAndRepeatedVersionsChangeNothing() throws Exception {
        try (var records = records(null)) {
            send(records, ada().at(5));
            assertThat(take(records)).hasSize(1);

            send(records, ada().at(4).with("title", "old"));
            send(records, ada().at(5));

            assertThat(take(records)).isEmpty();
            assertThat(account(records))
                    .isEqualTo(
                            ViewAccount.of(
                                    new StreamKey("acme", "crm-prod", "Things"),
                                    "testing",
                                    "contact",
                                    3,
                                    1,
                                    1,
                                    1,
                                    Instant.EPOCH));
        }
    }

    @Test
    void aDeleteThatCameEarlyKeepsItsRecordDeletedAndALaterVersionBringsItBack() throws Exception {
        try (var records = records(null)) {
            send(records, event("contact", "1").at(5).delete());
            send(records, ada().at(4));
            assertThat(take(records)).isEmpty();

            send(records, ada().at(6));
            assertThat(take(records)).extracting(RowUpdate::row).containsExactly("email:ada@x.org");
        }
    }

    @Test
    void aDeletedRecordIsRememberedForAWhileOnly() throws Exception {
        try (var records = records(null)) {
            records.setStateTtlProcessingTime(0);
            send(records, event("contact", "1").at(5).delete());
            records.setStateTtlProcessingTime(SETTINGS.rememberDeleted().toMillis() - 1);
            send(records, ada().at(4));
            assertThat(take(records)).isEmpty();

            records.setStateTtlProcessingTime(SETTINGS.rememberDeleted().toMillis() + 1);
            send(records, ada().at(4));

            assertThat(take(records)).hasSize(1);
        }
    }

    @Test
    void aLivingRecordIsRememberedForEver() throws Exception {
        try (var records = records(null)) {
            send(records, ada().at(5));
            take(records);

            records.setStateTtlProcessingTime(Long.MAX_VALUE / 2);
            send(records, ada().at(4));

            assertThat(take(records)).isEmpty();
        }
    }

    @Test
    void aRecordWhoseIdentityChangesLeavesOneRowAndJoinsAnother() throws Exception {
        try (var records = records(null)) {
            send(records, ada().at(1));
            take(records);

            send(records, ada().at(2).with("email", "countess@x.org"));

            List<RowUpdate> updates = take(records);
            assertThat(updates)
                    .extracting(RowUpdate::row)
                    .containsExactly("email:ada@x.org", "email:countess@x.org");
            assertThat(updates.get(0).contribution()).isNull();
            assertThat(updates.get(1).contribution()).isNotNull();
        }
    }

    @Test
    void versionsOutliveARestart() throws Exception {
        OperatorSubtaskState snapshot;
        try (var records = records(null)) {
            send(records, ada().at(5));
            send(records, event("contact", "2").at(5).delete());
            records.getOperator().prepareSnapshotPreBarrier(1);
            snapshot = records.snapshot(1, 1);
        }

        try (var records = records(snapshot)) {
            send(records, ada().at(4));
            send(records, event("contact", "2").at(4));
            assertThat(take(records)).isEmpty();

            send(records, event("contact", "1").at(6).delete());
            assertThat(take(records)).extracting(RowUpdate::row).containsExactly("email:ada@x.org");
        }
    }

    @Test
    void aReferenceIsResolvedWhicheverComesFirstAndOutlivesARestart() throws Exception {
        OperatorSubtaskState snapshot;
        try (var references = references(null)) {
            send(references, target("domain:x.org"));
            send(references, refer("1", "email:a"));
            assertThat(links(references)).containsExactly("email:a domain:x.org");
            snapshot = references.snapshot(1, 1);
        }

        try (var references = references(snapshot)) {
            send(references, refer("2", "email:b"));
            send(references, target("domain:y.org"));
            assertThat(links(references))
                    .containsExactlyInAnyOrder(
                            "email:b domain:x.org", "email:a domain:y.org", "email:b domain:y.org");

            send(references, unrefer("1", "email:a"));
            send(references, target(null));
            assertThat(links(references)).containsExactly("email:a null", "email:b null");

            send(references, unrefer("2", "email:b"));
            assertThat(references.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void aReferenceMeansTheStreamOfItsOwnSourceWhereTwoHaveTheId() throws Exception {
        StreamKey other = new StreamKey("acme", "crm", "Also");
        try (var references = references(null)) {
            send(references, ReferenceUpdate.target("account", "a1", other, "pipedrive", "p"));
            send(references, refer("1", "email:a"));
            send(references, target("s"));

            assertThat(links(references)).containsExactly("email:a p", "email:a s");
        }
    }

    @Test
    void aRowIsSentOnceHoweverOftenItChangesAndOnlyWhereItChanged() throws Exception {
        try (var rows = rows(null)) {
            for (int i = 0; i < 50; i++) {
                send(rows, join(ada().at(i).with("title", "t" + i)));
            }
            rows.setProcessingTime(SETTINGS.flushInterval().toMillis());
            List<ViewChange> first = take(rows);

            send(rows, join(ada().at(49).with("title", "t49")));
            rows.setProcessingTime(10 * SETTINGS.flushInterval().toMillis());

            assertThat(first).hasSize(1);
            assertThat(new String(first.get(0).json(), UTF_8)).contains("\"title\":\"t49\"");
            assertThat(take(rows)).isEmpty();
        }
    }

    @Test
    void aRowOutlivesARestartAndGoesWithItsLastRecord() throws Exception {
        CanonicalEvent crm = ada().connection("crm").at(1).build();
        CanonicalEvent help = ada().connection("help").at(2).build();
        OperatorSubtaskState snapshot;
        try (var rows = rows(null)) {
            send(rows, RowUpdate.join("contact", "email:ada@x.org", Contribution.of(crm)));
            send(rows, RowUpdate.join("contact", "email:ada@x.org", Contribution.of(help)));
            rows.getOperator().prepareSnapshotPreBarrier(1);
            assertThat(take(rows)).hasSize(1);
            snapshot = rows.snapshot(1, 1);
        }

        try (var rows = rows(snapshot)) {
            send(rows, leave(crm, 3));
            rows.getOperator().prepareSnapshotPreBarrier(2);
            List<ViewChange> one = take(rows);
            send(rows, leave(help, 4));
            rows.getOperator().prepareSnapshotPreBarrier(3);

            assertThat(new String(one.get(0).json(), UTF_8))
                    .contains("\"links\":[{\"connection\":\"help\"");
            assertThat(take(rows))
                    .containsExactly(ViewChange.delete("acme", "contact", "email:ada@x.org", 4));
            assertThat(rows.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void aRowThatCameAndWentBetweenTwoFlushesIsNeverSent() throws Exception {
        CanonicalEvent event = ada().build();
        try (var rows = rows(null)) {
            send(rows, RowUpdate.join("contact", "email:ada@x.org", Contribution.of(event)));
            send(rows, leave(event, 3));
            rows.getOperator().prepareSnapshotPreBarrier(1);

            assertThat(take(rows)).isEmpty();
            assertThat(rows.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void afterARestartARowIsSentWhenItIsFirstTouchedWhateverWasSentBefore() throws Exception {
        CanonicalEvent kept = ada().at(1).build();
        CanonicalEvent brief = ada().with("email", "bo@x.org").at(2).build();
        OperatorSubtaskState snapshot;
        try (var rows = rows(null)) {
            send(rows, RowUpdate.join("contact", "email:ada@x.org", Contribution.of(kept)));
            rows.getOperator().prepareSnapshotPreBarrier(1);
            snapshot = rows.snapshot(1, 1);
            // Then the sinks hear of more that no checkpoint holds, and the job dies.
        }

        try (var rows = rows(snapshot)) {
            send(rows, join(ada().at(2).with("title", "for a moment")));
            send(rows, RowUpdate.join("contact", "email:ada@x.org", Contribution.of(kept)));
            send(rows, RowUpdate.join("contact", "email:bo@x.org", Contribution.of(brief)));
            send(
                    rows,
                    RowUpdate.leave("contact", "email:bo@x.org", brief.key(), brief.recordId(), 3));
            rows.getOperator().prepareSnapshotPreBarrier(2);

            assertThat(take(rows))
                    .extracting(ViewChange::id, ViewChange::isDelete)
                    .containsExactlyInAnyOrder(
                            tuple("email:ada@x.org", false), tuple("email:bo@x.org", true));

            send(rows, RowUpdate.join("contact", "email:ada@x.org", Contribution.of(kept)));
            rows.getOperator().prepareSnapshotPreBarrier(3);
            assertThat(take(rows)).isEmpty();
        }
    }

    @Test
    void accountsOfSubtasksAreAddedUpAndOutliveARestart() throws Exception {
        StreamKey key = new StreamKey("acme", "crm", "Contact");
        OperatorSubtaskState snapshot;
        try (var ledger = ledger(null)) {
            send(ledger, ViewAccount.of(key, "s", "contact", 3, 2, 1, 0, Instant.EPOCH));
            send(ledger, ViewAccount.of(key, "s", "contact", 4, 1, 1, 2, Instant.EPOCH));
            ledger.getOperator().prepareSnapshotPreBarrier(1);
            assertThat(ledger.extractOutputValues())
                    .containsExactly(
                            ViewAccount.of(key, "s", "contact", 7, 3, 2, 2, Instant.EPOCH));
            snapshot = ledger.snapshot(1, 1);
        }

        try (var ledger = ledger(snapshot)) {
            ledger.getOperator().prepareSnapshotPreBarrier(2);
            assertThat(ledger.extractOutputValues()).isEmpty();

            send(ledger, ViewAccount.of(key, "s", "contact", 1, 1, 0, 0, Instant.EPOCH));
            ledger.getOperator().prepareSnapshotPreBarrier(3);
            assertThat(ledger.extractOutputValues())
                    .extracting(ViewAccount::canonical)
                    .containsExactly(8L);
        }
    }

    private static TestingEvents ada() {
        return event("contact", "1").with("email", "ada@x.org");
    }

    private static RowUpdate join(TestingEvents event) {
        return RowUpdate.join("contact", "email:ada@x.org", Contribution.of(event.build()));
    }

    private static RowUpdate leave(CanonicalEvent event, long at) {
        return RowUpdate.leave("contact", "email:ada@x.org", event.key(), event.recordId(), at);
    }

    private static ReferenceUpdate target(String row) {
        StreamKey accounts = new StreamKey("acme", "crm", "Account");
        return ReferenceUpdate.target("account", "a1", accounts, "salesforce", row);
    }

    private static ReferenceUpdate refer(String id, String row) {
        return holder(ReferenceUpdate.REFER, id, row);
    }

    private static ReferenceUpdate unrefer(String id, String row) {
        return holder(ReferenceUpdate.UNREFER, id, row);
    }

    private static ReferenceUpdate holder(int kind, String id, String row) {
        StreamKey contacts = new StreamKey("acme", "crm", "Contact");
        return new ReferenceUpdate(
                "account", "a1", kind, contacts, "salesforce", row, "contact", id, 1);
    }

    private static List<String> links(
            KeyedOneInputStreamOperatorTestHarness<String, ReferenceUpdate, RowUpdate> harness) {
        return take(harness).stream().map(each -> each.row() + " " + each.link().row()).toList();
    }

    private static ViewAccount account(
            KeyedTwoInputStreamOperatorTestHarness<String, CanonicalEvent, ViewSignal, RowUpdate>
                    records)
            throws Exception {
        records.getOperator().prepareSnapshotPreBarrier(1);
        return records.getSideOutput(RecordVersions.ACCOUNTS).poll().getValue();
    }

    private static void send(
            KeyedTwoInputStreamOperatorTestHarness<String, CanonicalEvent, ?, ?> harness,
            TestingEvents event)
            throws Exception {
        harness.processElement1(new StreamRecord<>(event.build()));
    }

    private static void send(
            KeyedTwoInputStreamOperatorTestHarness<String, RowUpdate, ?, ?> harness,
            RowUpdate update)
            throws Exception {
        harness.processElement1(new StreamRecord<>(update));
    }

    private static <T> void send(KeyedOneInputStreamOperatorTestHarness<?, T, ?> harness, T element)
            throws Exception {
        harness.processElement(new StreamRecord<>(element));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, CanonicalEvent, ViewSignal, RowUpdate>
            records(OperatorSubtaskState snapshot) throws Exception {
        return opened(told(new RecordVersions(SETTINGS), Keys::record), snapshot);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, ReferenceUpdate, RowUpdate>
            references(OperatorSubtaskState snapshot) throws Exception {
        return opened(
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new ReferenceResolver()),
                        ReferenceUpdate::targetKey,
                        Types.STRING),
                snapshot);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, RowUpdate, ViewSignal, ViewChange>
            rows(OperatorSubtaskState snapshot) throws Exception {
        return opened(told(new RowMaterializer(SETTINGS), RowUpdate::rowKey), snapshot);
    }

    private static KeyedOneInputStreamOperatorTestHarness<StreamKey, ViewAccount, ViewAccount>
            ledger(OperatorSubtaskState snapshot) throws Exception {
        return opened(
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new ViewAccounts(SETTINGS),
                        ViewAccount::key,
                        TypeInformation.of(StreamKey.class)),
                snapshot);
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
