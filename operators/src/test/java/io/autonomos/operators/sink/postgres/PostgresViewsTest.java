package io.autonomos.operators.sink.postgres;

import static io.autonomos.operators.TestingViews.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.operators.TestingViews;
import io.autonomos.schemas.ViewChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresViewsTest {

    private static final String GLOBEX = "globex";
    private static final String NAMES =
            "SELECT tenant, id, name FROM dcl_contact ORDER BY tenant, id";

    private TestingPostgres.Database database;
    private TestingWriter<ViewChange> writer;

    @BeforeEach
    void openWriter() throws Exception {
        database = TestingPostgres.shared().migratedDatabase();
        writer =
                new TestingWriter<>(
                        PostgresSink.views(database.settings(Map.of())), ViewChange.class);
    }

    @AfterEach
    void closeWriter() {
        writer.close();
    }

    @Test
    void aRowHasItsTypedFieldsAndItsOrigins() throws Exception {
        writer.write(
                        row("account", "a-1")
                                .at(1_700_000_000_123_456L)
                                .with("name", "Ac\"me\\ ü")
                                .with("employees", 42)
                                .withJson("annual_revenue", "12.50")
                                .with("external_ids", List.of("x,y", "NULL"))
                                .with("created_at", "2026-01-31T08:00:00.5Z")
                                .link("crm", "001")
                                .link("billing", "77")
                                .from("name", "crm", "001")
                                .build())
                .checkpoint();

        assertThat(
                        database.rows(
                                "SELECT name, employees, annual_revenue, external_ids[1], external_ids[2],"
                                        + " created_at = '2026-01-31 08:00:00.5+00', industry IS NULL,"
                                        + " extract(epoch FROM as_of), jsonb_array_length(links),"
                                        + " provenance->0->>'record_id', conflicts, schema_version"
                                        + " FROM dcl_account"))
                .containsExactly(
                        List.of(
                                "Ac\"me\\ ü",
                                "42",
                                "12.50",
                                "x,y",
                                "NULL",
                                "t",
                                "t",
                                "1700000000.123456",
                                "2",
                                "001",
                                "[]",
                                "1"));
    }

    @Test
    void theLastChangeOfARowWinsWhateverItsTime() throws Exception {
        writer.write(contact("1", "Old").at(9).build()).checkpoint();
        writer.write(contact("1", "Between").at(8).build(), contact("1", "New").at(3).build())
                .checkpoint();

        assertThat(database.rows(NAMES)).containsExactly(List.of("acme", "1", "New"));
    }

    @Test
    void aDeleteTakesTheRowAwayAndALaterRowBringsItBack() throws Exception {
        writer.write(contact("1", "Ada").build(), contact("2", "Bob").build()).checkpoint();

        writer.write(row("contact", "1").gone(), row("contact", "never").gone()).checkpoint();
        assertThat(database.rows(NAMES)).containsExactly(List.of("acme", "2", "Bob"));

        writer.write(row("contact", "2").gone(), contact("2", "Back").build()).checkpoint();
        assertThat(database.rows(NAMES)).containsExactly(List.of("acme", "2", "Back"));
        assertThat(database.rows("SELECT 1 FROM dcl_links")).hasSize(1);
    }

    @Test
    void aDeleteOfOneTenantsRowLeavesTheOthers() throws Exception {
        writer.write(contact("1", "Ours").build(), contact("1", "Theirs").tenant(GLOBEX).build())
                .checkpoint();

        writer.write(row("contact", "1").gone()).checkpoint();

        assertThat(database.rows(NAMES)).containsExactly(List.of(GLOBEX, "1", "Theirs"));
    }

    @Test
    void theSameRowAgainIsNotWrittenAgain() throws Exception {
        ViewChange ada = contact("1", "Ada").build();
        writer.write(ada).checkpoint();
        List<List<String>> before = database.rows("SELECT xmin, written_at FROM dcl_contact");

        writer.write(ada).checkpoint();

        assertThat(database.rows("SELECT xmin, written_at FROM dcl_contact")).isEqualTo(before);
    }

    @Test
    void aReplayFromAnyPointEndsInTheSameRows() throws Exception {
        List<ViewChange> changes = changes(new Random(3), 300);
        writer.writeAll(changes).checkpoint();
        List<List<String>> once = database.rows(NAMES);

        writer.writeAll(changes.subList(100, 180)).checkpoint(); // and then the job is killed
        writer.writeAll(changes.subList(100, 300)).checkpoint();

        assertThat(database.rows(NAMES)).isEqualTo(once).isEqualTo(expected(changes));
    }

    @Test
    void theSourceRecordsOfRowsAreAView() throws Exception {
        writer.write(
                        contact("1", "Ada").at(0).link("crm", "003").link("desk", "é\"7").build(),
                        row("account", "a").tenant(GLOBEX).link("crm", "001").build())
                .checkpoint();

        assertThat(
                        database.rows(
                                "SELECT tenant, entity, id, connection, source, stream, record_id"
                                        + " FROM dcl_links ORDER BY 1, 4"))
                .containsExactly(
                        List.of("acme", "contact", "1", "crm", "testing", "Things", "003"),
                        List.of("acme", "contact", "1", "desk", "testing", "Things", "é\"7"),
                        List.of(GLOBEX, "account", "a", "crm", "testing", "Things", "001"));
        assertThat(database.rows("SELECT DISTINCT event_time FROM dcl_links WHERE id = '1'"))
                .hasSize(1);
        assertThat(
                        database.rows(
                                "autonomos_reader",
                                GLOBEX,
                                "SELECT DISTINCT tenant FROM dcl_links"))
                .containsExactly(List.of(GLOBEX));
    }

    @Test
    void aRefusedValueFailsWithTheNameOfItsRow() {
        assertThatThrownBy(
                        () ->
                                writer.write(
                                                contact("1", "fine").build(),
                                                row("contact", "bad")
                                                        .withJson("name", "\"a\\u0000b\"")
                                                        .build())
                                        .checkpoint())
                .hasStackTraceContaining("AOS-707")
                .hasStackTraceContaining("a row of the view of contact, tenant acme, id bad");
    }

    private static TestingViews contact(String id, String name) {
        return row("contact", id).with("name", name);
    }

    private static List<ViewChange> changes(Random random, int count) {
        List<ViewChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TestingViews row =
                    contact("r" + random.nextInt(20), "n" + i)
                            .tenant(random.nextBoolean() ? "acme" : GLOBEX);
            changes.add(random.nextInt(4) == 0 ? row.gone() : row.build());
        }
        return changes;
    }

    private static List<List<String>> expected(List<ViewChange> changes) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (ViewChange change : changes) {
            rows.put(
                    change.tenant() + "/" + change.id(),
                    List.of(change.tenant(), change.id(), "n" + changes.indexOf(change)));
            if (change.isDelete()) {
                rows.remove(change.tenant() + "/" + change.id());
            }
        }
        return List.copyOf(rows.values());
    }
}
