package io.autonomos.operators.sink.postgres;

import static io.autonomos.operators.TestingEvents.event;
import static io.autonomos.operators.TestingViews.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.ViewAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresIsolationTest {

    private static final String ACME = "acme";
    private static final String GLOBEX = "globex";
    private static final List<String> RELATIONS =
            List.of(
                    "canonical_account",
                    "account_current",
                    "canonical_events",
                    "ledger",
                    "view_ledger",
                    "dcl_account",
                    "dcl_links");

    private TestingPostgres.Database database;

    @BeforeEach
    void writeTwoTenants() throws Exception {
        database = TestingPostgres.shared().migratedDatabase();
        write(ACME, "1");
        write(GLOBEX, "2");
    }

    private void write(String tenant, String recordId) throws Exception {
        PostgresSettings settings = database.settings(Map.of());
        try (var events =
                        new TestingWriter<>(
                                PostgresSink.canonicalEvents(settings), CanonicalEvent.class);
                var accounts =
                        new TestingWriter<>(PostgresSink.ledger(settings), LedgerEntry.class);
                var viewAccounts =
                        new TestingWriter<>(
                                PostgresSink.viewAccounts(settings), ViewAccount.class);
                var views = new TestingWriter<>(PostgresSink.views(settings), ViewChange.class)) {
            views.write(row("account", recordId).tenant(tenant).build()).checkpoint();
            events.write(event("account", recordId).tenant(tenant).build()).checkpoint();
            StreamKey key = new StreamKey(tenant, "crm", "Account");
            ViewAccount made =
                    ViewAccount.of(key, "crm", "account", 3, 1, 1, 1, Instant.EPOCH.plusMillis(5));
            viewAccounts.write(made).checkpoint();
            accounts.write(new LedgerEntry(key, "crm", "account", 1, 1, 0, 0, 0, 1, 5))
                    .checkpoint();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"autonomos_reader", "autonomos_owner"})
    void aRoleSeesTheChosenTenantOnly(String role) {
        for (String relation : RELATIONS) {
            assertThat(database.rows(role, ACME, "SELECT DISTINCT tenant FROM " + relation))
                    .as("%s reads %s", role, relation)
                    .containsExactly(List.of(ACME));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"autonomos_reader", "autonomos_owner"})
    void aRoleSeesNothingWithoutATenant(String role) {
        for (String relation : RELATIONS) {
            assertThat(database.rows(role, null, "SELECT 1 FROM " + relation)).isEmpty();
            assertThat(database.rows(role, "", "SELECT 1 FROM " + relation)).isEmpty();
            assertThat(database.rows(role, "ACME", "SELECT 1 FROM " + relation)).isEmpty();
        }
    }

    @Test
    void aReaderCannotWriteAndTheOwnerNotForAnotherTenant() {
        assertThatThrownBy(
                        () ->
                                database.rows(
                                        "autonomos_reader",
                                        ACME,
                                        "UPDATE canonical_account SET name = 'x'"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(
                        () ->
                                database.rows(
                                        "autonomos_owner",
                                        ACME,
                                        "UPDATE canonical_account SET tenant = 'globex'"))
                .hasMessageContaining("row-level security");
        database.rows("autonomos_owner", ACME, "DELETE FROM canonical_account");
        assertThat(database.rows("SELECT tenant FROM canonical_account"))
                .containsExactly(List.of(GLOBEX));
    }

    @Test
    void everyTableWithATenantForcesRowLevelSecurityAndHasItFirstInItsIndexes() {
        assertThat(
                        database.rows(
                                "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                                        + " WHERE a.attname = 'tenant' AND c.relkind IN ('r', 'p')"
                                        + " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"))
                .isEmpty();
        assertThat(
                        database.rows(
                                "SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
                                        + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant'"
                                        + " WHERE i.indkey[0] <> a.attnum"))
                .isEmpty();
        assertThat(
                        database.rows(
                                "SELECT DISTINCT r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
                                        + " WHERE c.relkind IN ('r', 'v') AND c.relnamespace = 'public'::regnamespace"
                                        + " AND c.relname NOT LIKE 'autonomos_schema_history'"))
                .containsExactly(List.of("autonomos_owner"));
        assertThat(
                        database.rows(
                                "SELECT relname FROM pg_class WHERE relkind = 'v'"
                                        + " AND relnamespace = 'public'::regnamespace"
                                        + " AND reloptions @> ARRAY['security_invoker=true'] IS NOT TRUE"))
                .isEmpty();
    }

    @Test
    void theSinkWritesInTheWritersRole() {
        PostgresConnections connections = new PostgresConnections(database.settings(Map.of()));
        try (var connection = connections.getOrEstablishConnection();
                var user =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT current_user, current_setting('synchronous_commit')")) {
            user.next();
            assertThat(user.getString(1)).isEqualTo("autonomos_writer");
            assertThat(user.getString(2)).isEqualTo("on");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE canonical_account; --",
                "\"acme\"",
                "acme\\",
                "{acme,NULL}",
                "NULL",
                "../../etc",
                "%s $1 ${x}",
                "\u6f22\u5b57\ud83d\ude00",
                "acme ",
                "0123456789012345678901234567890123456789012345678901234567890123"
                        + "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void aTenantWithAnyIdHasItsOwnRowsOnly(String tenant) throws Exception {
        write(tenant, "3");

        for (String relation : RELATIONS) {
            assertThat(database.rows("autonomos_reader", tenant, "SELECT tenant FROM " + relation))
                    .containsExactly(List.of(tenant));
        }
        assertThat(database.rows("SELECT count(*) FROM canonical_account"))
                .containsExactly(List.of("3"));
    }
}
