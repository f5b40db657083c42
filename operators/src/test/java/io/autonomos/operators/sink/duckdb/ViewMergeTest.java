package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingEvents.event;
import static io.autonomos.operators.TestingViews.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingViews;
import io.autonomos.schemas.TenantRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewMergeTest {

    private static final String ACME = "acme";
    private static final String GLOBEX = "globex";
    private static final String NAMES = "SELECT id, name FROM dcl_contact ORDER BY id";

    @TempDir private Path directory;
    @AutoClose private TestingFiles files;

    @BeforeEach
    void open() {
        files = new TestingFiles(directory);
    }

    @Test
    void aRowHasItsTypedFieldsAndItsOrigins() throws Exception {
        files.merge(
                row("account", "a-1")
                        .at(1_700_000_000_123_456L)
                        .with("name", "Ac\"me\\ ü")
                        .with("employees", 42)
                        .withJson("annual_revenue", "12.50")
                        .with("external_ids", List.of("x,y", "'"))
                        .with("created_at", "2026-01-31T08:00:00.5Z")
                        .link("crm", "001")
                        .from("name", "crm", "001")
                        .build());

        assertThat(
                        files.rows(
                                ACME,
                                "SELECT tenant, name, employees, annual_revenue::VARCHAR, external_ids[2],"
                                        + " created_at::VARCHAR, industry, as_of::VARCHAR,"
                                        + " provenance->>'$[0].record_id', conflicts, schema_version"
                                        + " FROM dcl_account"))
                .containsExactly(
                        "acme|Ac\"me\\ ü|42|12.500000000000000000|'|2026-01-31 08:00:00.5+00|null"
                                + "|2023-11-14 22:13:20.123456+00|001|[]|1");
    }

    @Test
    void theLastChangeOfARowWinsWhateverItsTime() throws Exception {
        files.merge(contact("1", "Old").at(9).build());
        files.merge(contact("1", "Between").at(8).build(), contact("1", "New").at(3).build());

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|New");
    }

    @Test
    void aDeleteTakesTheRowAwayAndALaterRowBringsItBack() throws Exception {
        files.merge(contact("1", "Ada").build(), contact("2", "Bob").build());

        files.merge(row("contact", "1").gone(), row("contact", "never").gone());
        assertThat(files.rows(ACME, NAMES)).containsExactly("2|Bob");

        files.merge(row("contact", "2").gone(), contact("2", "Back").build());
        files.merge(contact("3", "x").build(), row("contact", "3").gone());
        assertThat(files.rows(ACME, NAMES)).containsExactly("2|Back");
    }

    @Test
    void twoTenantsStayApart() throws Exception {
        files.merge(contact("1", "Ours").build());
        files.merge(contact("1", "Theirs").tenant(GLOBEX).build());

        files.merge(row("contact", "1").gone());

        assertThat(files.rows(ACME, NAMES)).isEmpty();
        assertThat(files.rows(GLOBEX, NAMES)).containsExactly("1|Theirs");
    }

    @Test
    void eventsAndRowsOfATenantGoToItsFileInOneCommit() throws Exception {
        files.merge(
                List.of(
                        TenantRow.of(contact("c", "Ada").link("crm-prod", "1").build()),
                        TenantRow.of(event("contact", "1").with("name", "ada").build()),
                        TenantRow.of(event("account", "1").build())));

        assertThat(files.rows(ACME, NAMES)).containsExactly("c|Ada");
        assertThat(files.rows(ACME, "SELECT name FROM contact_current")).containsExactly("ada");
        assertThat(files.reader.counts(ACME)).containsOnlyKeys("account", "contact");
    }

    @Test
    void theSourceRecordsOfRowsAreAView() throws Exception {
        files.merge(contact("1", "Ada").at(0).link("crm", "003").link("desk", "é\"'7").build());
        files.merge(row("account", "a").link("crm", "001").build());

        assertThat(
                        files.rows(
                                ACME,
                                "SELECT tenant, entity, id, connection, source, stream, record_id,"
                                        + " event_time IS NOT NULL FROM dcl_links ORDER BY 2, 4"))
                .containsExactly(
                        "acme|account|a|crm|testing|Things|001|true",
                        "acme|contact|1|crm|testing|Things|003|true",
                        "acme|contact|1|desk|testing|Things|é\"'7|true");
    }

    @Test
    void aRowIsShownAsEachSourceHasIt() throws Exception {
        files.merge(contact("c-1", "Ada").link("crm-prod", "1").link("desk", "2").build());
        files.merge(
                event("contact", "1").with("name", "Ada L.").build(),
                event("contact", "2").connection("desk").with("name", "ADA").build(),
                event("contact", "3").with("name", "nobody's").build());

        assertThat(
                        files.rows(
                                ACME,
                                "SELECT id, source, connection, record_id, name"
                                        + " FROM dcl_contact_by_source ORDER BY connection"))
                .containsExactly("c-1|testing|crm-prod|1|Ada L.", "c-1|testing|desk|2|ADA");
    }

    @Test
    void addsWhatAnOlderModelLacked() throws Exception {
        files.merge(contact("1", "Old").build());
        try (Connection file =
                DriverManager.getConnection("jdbc:duckdb:" + files.reader.file(ACME))) {
            var statement = file.createStatement();
            statement.execute("DROP VIEW dcl_contact_by_source");
            statement.execute("DROP VIEW contact_current");
            statement.execute("ALTER TABLE dcl_contact DROP COLUMN title");
            statement.execute("ALTER TABLE canonical_contact DROP COLUMN title");
            statement.execute("UPDATE autonomos_file SET model = 'older'");
        }

        files.merge(contact("2", "New").with("title", "CEO").build());

        assertThat(files.rows(ACME, "SELECT name, title FROM dcl_contact ORDER BY id"))
                .containsExactly("Old|null", "New|CEO");
        assertThat(files.rows(ACME, "FROM dcl_contact_by_source")).isEmpty();
    }

    @Test
    void aFileFromBeforeTheAgentsViewsGetsThem() throws Exception {
        files.merge(row("opportunity", "1").with("stage", "Proposal").build());
        try (Connection file =
                DriverManager.getConnection("jdbc:duckdb:" + files.reader.file(ACME))) {
            var statement = file.createStatement();
            statement.execute("DROP VIEW agg_pipeline");
            statement.execute("UPDATE autonomos_file SET model = 'older'");
        }

        files.merge(row("opportunity", "2").with("stage", "Proposal").build());

        assertThat(files.rows(ACME, "SELECT stage, opportunities FROM agg_pipeline"))
                .containsExactly("Proposal|2");
    }

    private static TestingViews contact(String id, String name) {
        return row("contact", id).with("name", name);
    }
}
