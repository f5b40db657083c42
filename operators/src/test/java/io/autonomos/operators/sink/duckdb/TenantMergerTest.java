package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.operators.TestingEvents;
import io.autonomos.schemas.CanonicalEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantMergerTest {

    private static final String ACME = "acme";
    private static final String GLOBEX = "globex";
    private static final String NAMES =
            "SELECT record_id, name FROM account_current ORDER BY record_id";

    @TempDir private Path directory;
    @AutoClose private TestingFiles files;

    @BeforeEach
    void open() {
        files = new TestingFiles(directory);
    }

    @Test
    void insertsNewRecordsAndUpdatesKnownOnes() throws Exception {
        files.merge(account("1", "One").at(1).build(), account("2", "Two").at(1).build());
        files.merge(account("2", "Zwei").at(2).build(), account("3", "Three").at(1).build());

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|One", "2|Zwei", "3|Three");
    }

    @Test
    void aRepeatedEventChangesNothing() throws Exception {
        CanonicalEvent one = account("1", "One").at(5, 7).build();
        files.merge(one);
        List<String> before = files.rows(ACME, "FROM canonical_account");

        files.merge(one);

        assertThat(files.rows(ACME, "FROM canonical_account")).isEqualTo(before).hasSize(1);
    }

    @Test
    void anEventSentAgainFromALaterPositionChangesNothing() throws Exception {
        files.merge(account("1", "One").at(5, 7).id("e").build());
        List<String> before = files.rows(ACME, "FROM canonical_account");

        files.merge(account("1", "One").at(5, 8).id("e").build());

        assertThat(files.rows(ACME, "FROM canonical_account")).isEqualTo(before).hasSize(1);
    }

    @Test
    void anotherEventOfTheSameTimeAndALaterPositionIsNewer() throws Exception {
        files.merge(account("1", "One").at(5, 7).id("e1").build());

        files.merge(account("1", "Two").at(5, 8).id("e0").build());

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|Two");
    }

    @Test
    void anOlderEventChangesNothing() throws Exception {
        files.merge(account("1", "New").at(5, 7).build());

        files.merge(account("1", "Older").at(4, 9).build());
        files.merge(account("1", "Older by position").at(5, 6).build());

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|New");
    }

    @Test
    void theNewestOfABatchWins() throws Exception {
        files.merge(
                account("1", "First").at(1).build(),
                account("1", "Last").at(3).build(),
                account("1", "Middle").at(2).build());

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|Last");
    }

    @Test
    void aVersionSentAgainLaterDoesNotHideTheOneBetween() throws Exception {
        CanonicalEvent first = account("1", "A").at(1, 1).id("a").build();
        files.merge(first);

        files.merge(
                account("1", "A").at(1, 9).id("a").build(),
                account("1", "B").at(2, 5).id("b").build());

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|B");
    }

    @Test
    void aDeleteHidesTheRowAndANewerUpsertBringsItBack() throws Exception {
        files.merge(account("1", "One").at(1).build());

        files.merge(event("account", "1").at(2).delete().build());

        assertThat(files.rows(ACME, NAMES)).isEmpty();
        assertThat(files.rows(ACME, "SELECT deleted FROM canonical_account"))
                .containsExactly("true");

        files.merge(account("1", "Late").at(1, 5).build());
        assertThat(files.rows(ACME, NAMES)).isEmpty();

        files.merge(account("1", "Back").at(3).build());
        assertThat(files.rows(ACME, NAMES)).containsExactly("1|Back");
    }

    @Test
    void theSameRecordIdInTwoConnectionsIsTwoRows() throws Exception {
        files.merge(
                account("1", "East").connection("east").build(),
                account("1", "West").connection("west").build());

        assertThat(files.rows(ACME, NAMES)).containsExactlyInAnyOrder("1|East", "1|West");
    }

    @Test
    void twoTenantsStayApart() throws Exception {
        files.merge(account("1", "Ours").build());
        files.merge(account("1", "Theirs").tenant(GLOBEX).build());

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|Ours");
        assertThat(files.rows(GLOBEX, NAMES)).containsExactly("1|Theirs");
        assertThat(files.reader.files().keySet()).containsExactly(ACME, GLOBEX);
        assertThat(files.reader.counts(GLOBEX)).isEqualTo(Map.of("account", 1L));
        assertThat(files.reader.counts("nobody")).isEmpty();
    }

    @Test
    void hostileTenantsStayInTheFolderAndApart() throws Exception {
        List<String> tenants =
                List.of(
                        "..",
                        "../../etc/passwd",
                        "a/b",
                        "a'; DROP TABLE x; --",
                        "a\"b",
                        "Acme",
                        "acme",
                        "ACME",
                        "-rf",
                        "über 客户",
                        "x".repeat(128),
                        "客".repeat(128),
                        "客".repeat(127) + "户",
                        "%41",
                        "A");

        for (String tenant : tenants) {
            files.merge(account("1", "of " + tenant).tenant(tenant).build());
        }

        assertThat(files.reader.files()).containsOnlyKeys(tenants);
        for (String tenant : tenants) {
            assertThat(files.rows(tenant, NAMES)).containsExactly("1|of " + tenant);
        }
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all.filter(file -> file.toString().endsWith(".duckdb")))
                    .hasSize(tenants.size());
        }
    }

    @Test
    void refusesTheFileOfAnotherTenant() throws Exception {
        files.merge(account("1", "Ours").build());
        Files.copy(files.reader.file(ACME), files.reader.file(GLOBEX));

        assertThatThrownBy(() -> files.merge(account("2", "x").tenant(GLOBEX).build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AOS-709")
                .hasMessageContaining("globex.duckdb")
                .hasMessageContaining("another tenant");
        assertThat(files.rows(ACME, NAMES)).containsExactly("1|Ours");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(files.reader.file(ACME), "This is some text. ".repeat(1000));

        assertThatThrownBy(() -> files.merge(account("1", "x").build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AOS-709")
                .hasMessageContaining("no DuckDB database");
    }

    @Test
    void addsWhatAnOlderModelLacked() throws Exception {
        files.merge(account("1", "Old").at(1).build());
        try (Connection file =
                DriverManager.getConnection("jdbc:duckdb:" + files.reader.file(ACME))) {
            var statement = file.createStatement();
            statement.execute("DROP VIEW account_current");
            statement.execute("ALTER TABLE canonical_account DROP COLUMN industry");
            statement.execute("UPDATE autonomos_file SET model = 'older'");
        }

        files.merge(account("2", "New").with("industry", "Ships").build());
        files.merge(event("contact", "1").build());

        assertThat(
                        files.rows(
                                ACME,
                                "SELECT name, industry FROM account_current ORDER BY record_id"))
                .containsExactly("Old|null", "New|Ships");
        assertThat(files.reader.counts(ACME)).isEqualTo(Map.of("account", 2L, "contact", 1L));
    }

    @Test
    void aFailedMergeLeavesTheFileAsItWas() throws Exception {
        files.merge(account("1", "One").at(1).build());

        assertThatThrownBy(
                        () ->
                                files.merge(
                                        account("2", "Two").build(),
                                        event("opportunity", "1")
                                                .withJson("amount", "1e300")
                                                .build()))
                .isInstanceOf(Exception.class);

        assertThat(files.rows(ACME, NAMES)).containsExactly("1|One");
        files.merge(account("3", "Three").build());
        assertThat(files.rows(ACME, NAMES)).containsExactly("1|One", "3|Three");
    }

    private static TestingEvents account(String id, String name) {
        return event("account", id).with("name", name);
    }
}
