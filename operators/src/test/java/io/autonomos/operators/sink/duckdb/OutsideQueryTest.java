package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingViews.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.operators.sink.duckdb.DuckDbReader.Answer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OutsideQueryTest {

    private static final String ACME = "acme";
    private static final String GLOBEX = "globex";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir private Path directory;
    @AutoClose private TestingFiles files;

    @BeforeEach
    void writeTwoTenants() throws Exception {
        files = new TestingFiles(directory);
        files.merge(
                row("account", "a")
                        .with("name", "Acme")
                        .withJson("annual_revenue", "12.50")
                        .with("employees", 3)
                        .with("external_ids", List.of("x"))
                        .with("created_at", "2026-01-31T08:00:00Z")
                        .build());
        files.merge(row("account", "g").tenant(GLOBEX).with("name", "secret").build());
        Files.writeString(directory.resolve("other.csv"), "a\nsecret\n");
    }

    private Answer ask(String sql, Duration limit) throws Exception {
        String here = sql.replace("DIR", directory.toString());
        return files.reader.ask(files.reader.file(ACME), here, limit);
    }

    @Test
    void readsTheTenantsRows() throws Exception {
        Answer answer =
                ask(
                        "SELECT name, annual_revenue, employees, external_ids, industry,"
                                + " created_at AS made FROM dcl_account",
                        LONG);

        assertThat(answer.columns())
                .containsExactly(
                        "name", "annual_revenue", "employees", "external_ids", "industry", "made");
        assertThat(answer.rows())
                .containsExactly(
                        Arrays.asList(
                                "Acme",
                                new BigDecimal("12.5"),
                                3L,
                                List.of("x"),
                                null,
                                "2026-01-31T08:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH 'DIR/globex.duckdb' AS other",
                "SELECT * FROM 'DIR/globex.duckdb'",
                "FROM read_csv('DIR/other.csv')",
                "FROM read_text('DIR/other.csv')",
                "FROM glob('DIR/*')",
                "FROM read_csv('/etc/passwd')",
                "COPY dcl_account TO 'DIR/stolen.csv'",
                "EXPORT DATABASE 'DIR/stolen'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "RESET enable_external_access",
                "SET lock_configuration = false",
                "DELETE FROM dcl_account",
                "UPDATE dcl_account SET name = 'x'",
                "INSERT INTO dcl_account SELECT * FROM dcl_account",
                "CREATE TABLE mine (a int)",
                "DROP VIEW dcl_links",
                "COMMIT; DELETE FROM dcl_account",
                "COMMIT; ATTACH 'DIR/globex.duckdb' AS other; FROM other.dcl_account",
                "SELEC nonsense"
            })
    void whatIsNoReadingOfItsOwnRowsIsRefused(String sql) throws Exception {
        assertThatThrownBy(() -> ask(sql, LONG)).isInstanceOf(SQLException.class);

        assertThat(files.rows(ACME, "SELECT id, name FROM dcl_account")).containsExactly("a|Acme");
        assertThat(directory.resolve("stolen.csv")).doesNotExist();
        assertThat(directory.resolve("stolen")).doesNotExist();
    }

    @Test
    void aQueryThatTakesTooLongIsStopped() {
        String endless = "SELECT count(*) FROM range(100000000000) a, range(1000000) b";

        assertThatThrownBy(() -> ask(endless, Duration.ofSeconds(1)))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void theFileIsFreeAfterAQueryAlsoAfterARefusedOne() throws Exception {
        assertThatThrownBy(() -> ask("nonsense", LONG)).isInstanceOf(SQLException.class);

        files.merge(row("account", "b").with("name", "Later").build());

        assertThat(ask("SELECT count(*) FROM dcl_account", LONG).rows())
                .containsExactly(List.of(2L));
    }
}
