package io.autonomos.operators.sink.postgres;

import static io.autonomos.operators.TestingEvents.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.operators.TestingEvents;
import io.autonomos.schemas.CanonicalEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresSinkTest {

    private static final String ACCOUNTS =
            "SELECT record_id, name, deleted FROM canonical_account ORDER BY tenant, record_id";

    private TestingPostgres.Database database;
    private TestingWriter<CanonicalEvent> writer;

    @BeforeEach
    void openWriter() throws Exception {
        database = TestingPostgres.shared().migratedDatabase();
        writer = writer(Map.of());
    }

    private TestingWriter<CanonicalEvent> writer(Map<String, String> settings) throws Exception {
        return new TestingWriter<>(
                PostgresSink.canonicalEvents(database.settings(settings)), CanonicalEvent.class);
    }

    @AfterEach
    void closeWriter() throws Exception {
        writer.close();
    }

    @Test
    void aNewerEventReplacesTheRow() throws Exception {
        writer.write(account("1").at(1).with("name", "Old").build()).checkpoint();
        writer.write(account("1").at(2).with("name", "New").build()).checkpoint();

        assertThat(database.rows(ACCOUNTS)).containsExactly(List.of("1", "New", "f"));
    }

    @Test
    void anOlderOrRepeatedEventChangesNoColumn() throws Exception {
        CanonicalEvent first = account("1").at(5, 5).id("a").with("name", "First").build();
        writer.write(first).checkpoint();
        List<List<String>> before = wholeRow();

        writer.write(first).checkpoint();
        writer.write(account("1").at(4, 9).id("b").with("name", "Older").build()).checkpoint();
        writer.write(account("1").at(5, 4).id("c").with("name", "Before").build()).checkpoint();
        writer.write(account("1").at(5, 9).id("a").with("name", "Again").build()).checkpoint();

        assertThat(wholeRow()).isEqualTo(before);
    }

    @Test
    void theSameEventUnderANewerMappingReplacesTheRow() throws Exception {
        writer.write(account("1").id("a").with("name", "Wrong").build()).checkpoint();
        writer.write(account("1").id("a").with("name", "Mended").mappingVersion(2).build());
        writer.write(account("1").id("a").with("name", "Wrong").build()).checkpoint();
        writer.write(account("1").id("a").with("name", "Wrong").build()).checkpoint();

        assertThat(database.rows(ACCOUNTS)).containsExactly(List.of("1", "Mended", "f"));
        assertThat(database.rows("SELECT count(*) FROM canonical_events"))
                .containsExactly(List.of("2"));
    }

    @Test
    void theGuardInMemoryIsTheGuardOfTheTable() throws Exception {
        List<CanonicalEvent> events = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            events.add(
                    account(Integer.toString(i % 40))
                            .at(random.nextInt(3), random.nextInt(3))
                            .id("id-" + random.nextInt(5))
                            .mappingVersion(1 + random.nextInt(2))
                            .with("name", "n" + i)
                            .build());
        }
        for (CanonicalEvent event : events) {
            writer.write(event).checkpoint();
        }
        List<List<String>> oneByOne = database.rows(ACCOUNTS);
        database.execute("TRUNCATE canonical_account");

        writer.writeAll(events).checkpoint();

        assertThat(database.rows(ACCOUNTS)).isEqualTo(oneByOne);
    }

    @Test
    void eventsOlderThanTheRetentionLeaveTheLogBoundedlyAndTheRowsStay() throws Exception {
        List<CanonicalEvent> old = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            old.add(account(Integer.toString(i)).id("old-" + i).build());
        }
        writer.writeAll(old).checkpoint();
        database.execute("UPDATE canonical_events SET written_at = now() - interval '2 days'");
        try (TestingWriter<CanonicalEvent> bounded =
                writer(Map.of("postgres.sink.event-log-retention", "1 d"))) {
            bounded.write(account("x").id("new-1").build()).checkpoint();
            assertThat(database.rows("SELECT count(*) FROM canonical_events"))
                    .containsExactly(List.of("501"));

            bounded.write(account("x").id("new-2").build()).checkpoint();
        }

        assertThat(database.rows("SELECT event_id FROM canonical_events ORDER BY 1"))
                .containsExactly(List.of("new-1"), List.of("new-2"));
        assertThat(database.rows("SELECT count(*) FROM canonical_account"))
                .containsExactly(List.of("1501"));
    }

    @Test
    void withoutARetentionTheLogIsKept() throws Exception {
        writer.write(account("1").id("old").build()).checkpoint();
        database.execute("UPDATE canonical_events SET written_at = now() - interval '20 years'");

        writer.write(account("1").id("new").build()).checkpoint();

        assertThat(database.rows("SELECT count(*) FROM canonical_events"))
                .containsExactly(List.of("2"));
    }

    @Test
    void thePositionDecidesBetweenEventsOfOneTime() throws Exception {
        writer.write(account("1").at(5, 1).with("name", "One").build()).checkpoint();
        writer.write(account("1").at(5, 2).with("name", "Two").build()).checkpoint();

        assertThat(database.rows(ACCOUNTS)).containsExactly(List.of("1", "Two", "f"));
    }

    @Test
    void aDeleteHidesTheRowAndKeepsItsVersion() throws Exception {
        writer.write(account("1").at(1).with("name", "Here").extras("{\"a\":1}").build());
        writer.write(account("2").at(1).with("name", "Stays").build()).checkpoint();

        writer.write(account("1").at(3).delete().with("name", "Last").build()).checkpoint();

        assertThat(
                        database.rows(
                                "SELECT record_id, name, deleted, extras, extract(epoch FROM event_time) * 1000000"
                                        + " FROM canonical_account ORDER BY record_id"))
                .first()
                .isEqualTo(Arrays.asList("1", null, "t", null, "3.000000"));
        assertThat(database.rows("SELECT record_id, name FROM account_current"))
                .containsExactly(List.of("2", "Stays"));
    }

    @Test
    void anOlderUpsertDoesNotBringADeletedRecordBackAndANewerOneDoes() throws Exception {
        writer.write(account("1").at(3).delete().build()).checkpoint();

        writer.write(account("1").at(2).with("name", "Late").build()).checkpoint();
        assertThat(database.rows("SELECT 1 FROM account_current")).isEmpty();

        writer.write(account("1").at(4).with("name", "Back").build()).checkpoint();
        assertThat(database.rows("SELECT name FROM account_current"))
                .containsExactly(List.of("Back"));
    }

    @Test
    void theNewestOfABatchWinsWhateverTheOrder() throws Exception {
        writer.write(
                        account("1").at(2).with("name", "Two").build(),
                        account("1").at(3).with("name", "Three").build(),
                        account("1").at(1).with("name", "One").build(),
                        account("2").at(1).with("name", "Other").build())
                .checkpoint();

        assertThat(database.rows(ACCOUNTS))
                .containsExactly(List.of("1", "Three", "f"), List.of("2", "Other", "f"));
        assertThat(database.rows("SELECT count(*) FROM canonical_events"))
                .containsExactly(List.of("4"));
    }

    @Test
    void recordsOfOneIdInDifferentPlacesAreDifferentRows() throws Exception {
        writer.write(
                        account("1").with("name", "a").build(),
                        account("1").tenant("globex").with("name", "b").build(),
                        account("1").connection("crm-test").with("name", "c").build(),
                        account("1").stream("Others").with("name", "d").build(),
                        event("contact", "1").with("name", "e").build())
                .checkpoint();

        assertThat(database.rows("SELECT name FROM canonical_account ORDER BY name"))
                .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
        assertThat(database.rows("SELECT name FROM canonical_contact"))
                .containsExactly(List.of("e"));
    }

    @Test
    void theEventLogHoldsEachEventOnceWithItsEnvelope() throws Exception {
        CanonicalEvent event =
                account("1").at(7_000_001, 4).id("id-1").with("name", "\u00dcnal").build();

        writer.write(event, event).checkpoint().write(event).checkpoint();

        assertThat(
                        database.rows(
                                "SELECT tenant, event_id, entity, connection, stream, record_id, op,"
                                        + " event_time AT TIME ZONE 'UTC', position, mapping, mapping_version, event"
                                        + " FROM canonical_events"))
                .containsExactly(
                        List.of(
                                "acme",
                                "id-1",
                                "account",
                                "crm-prod",
                                "Things",
                                "1",
                                "upsert",
                                "1970-01-01 00:00:07.000001",
                                "4",
                                "testing",
                                "1",
                                new String(event.json(), UTF_8)));
    }

    @Test
    void withoutTheEventLogOnlyTheTablesAreWritten() throws Exception {
        try (TestingWriter<CanonicalEvent> quiet =
                writer(Map.of("postgres.sink.event-log", "false"))) {
            quiet.write(account("1").with("name", "a").build()).checkpoint();
        }

        assertThat(database.rows("SELECT 1 FROM canonical_events")).isEmpty();
        assertThat(database.rows(ACCOUNTS)).hasSize(1);
    }

    @Test
    void aBatchIsWrittenWhenItIsFullAndWhenItsFirstRowHasWaited() throws Exception {
        try (TestingWriter<CanonicalEvent> small =
                writer(
                        Map.of(
                                "postgres.sink.batch-size", "2",
                                "postgres.sink.batch-interval", "5 s"))) {
            small.setTime(10_000);
            small.write(account("1").with("name", "a").build());
            assertThat(database.rows(ACCOUNTS)).isEmpty();
            small.write(account("2").with("name", "b").build());
            assertThat(database.rows(ACCOUNTS)).hasSize(2);

            small.write(account("3").with("name", "c").build());
            small.setTime(14_999);
            assertThat(database.rows(ACCOUNTS)).hasSize(2);
            small.setTime(15_000);
            assertThat(database.rows(ACCOUNTS)).hasSize(3);

            small.write(account("4").with("name", "d").build());
            small.setTime(20_000);
            assertThat(database.rows(ACCOUNTS)).hasSize(4);
        }
    }

    @Test
    void aBatchIsWrittenWhenItsRecordsAreLarge() throws Exception {
        String large = "{\"a\":\"" + "x".repeat(9 << 20) + "\"}";

        writer.write(account("1").with("name", "a").extras(large).build());
        assertThat(database.rows(ACCOUNTS)).isEmpty();
        writer.write(account("2").with("name", "b").extras(large).build());

        assertThat(database.rows(ACCOUNTS)).hasSize(2);
    }

    @Test
    void whatIsNotWrittenIsDroppedOnCloseSinceItComesAgain() throws Exception {
        writer.write(account("1").with("name", "a").build());

        writer.close();

        assertThat(database.rows(ACCOUNTS)).isEmpty();
    }

    @Test
    void aRefusedValueFailsTheJobWithItsRecordAndWithoutTheValue() throws Exception {
        writer.write(
                account("1").with("name", "fine").build(),
                account("2").tenant("globex").withJson("name", "\"sec\\u0000ret\"").build(),
                account("3").with("name", "fine").build());

        assertThatThrownBy(() -> writer.checkpoint())
                .hasMessageStartingWith(
                        "AOS-707: PostgreSQL refuses an event of tenant/connection/stream"
                                + " globex/crm-prod/Things, record 2, entity account (SQLSTATE 22021")
                .hasNoCause()
                .satisfies(e -> assertThat(e.toString()).doesNotContain("sec"));
        assertThat(database.rows(ACCOUNTS)).isEmpty();
    }

    private List<List<String>> wholeRow() {
        return database.rows("SELECT a.*, a.xmin, a.ctid FROM canonical_account a");
    }

    private static TestingEvents account(String recordId) {
        return event("account", recordId);
    }
}
