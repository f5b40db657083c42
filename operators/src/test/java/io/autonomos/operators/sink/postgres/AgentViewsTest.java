package io.autonomos.operators.sink.postgres;

import static io.autonomos.operators.TestingViews.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingViews;
import io.autonomos.operators.sink.AgentViews;
import io.autonomos.operators.sink.duckdb.TestingFiles;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityModel;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each query is asked of PostgreSQL and of the tenant's DuckDB file; both must say the same. */
class AgentViewsTest {

    private static final String ACME = "acme";
    private static final String GLOBEX = "globex";
    private static final String READER = "autonomos_reader";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");
    private static final String OPEN_AMOUNT =
            "SELECT currency, opportunities, open_amount FROM agg_open_amount";
    private static final String WASTE = "SELECT resource_id, finding FROM agg_resource_waste";

    @TempDir private Path directory;
    private TestingPostgres.Database database;
    private TestingWriter<ViewChange> postgres;
    private TestingFiles files;

    @BeforeEach
    void open() throws Exception {
        database = TestingPostgres.shared().migratedDatabase();
        postgres =
                new TestingWriter<>(
                        PostgresSink.views(database.settings(Map.of())), ViewChange.class);
        files = new TestingFiles(directory);
    }

    @AfterEach
    void close() {
        postgres.close();
        files.close();
    }

    @Test
    void thePipelineIsTheOpenOpportunitiesByStageOwnerAndCurrency() throws Exception {
        write(
                deal("1", "Negotiation", "ada", "10.50", "EUR"),
                deal("2", "Negotiation", "ada", "0.25", "EUR"),
                deal("3", "Negotiation", "ada", "7", "USD"),
                deal("4", "Negotiation", "bob", null, null),
                deal("5", null, null, "3", "EUR"),
                deal("6", "Closed Won", "ada", "100", "EUR"),
                deal("7", "closedlost", "ada", "100", "EUR"));

        assertThat(
                        both(
                                "SELECT stage, owner_id, currency, opportunities, open_amount"
                                        + " FROM agg_pipeline"))
                .containsExactly(
                        "Negotiation|ada|EUR|2|10.75",
                        "Negotiation|ada|USD|1|7",
                        "Negotiation|bob|null|1|null",
                        "null|null|EUR|1|3");
    }

    @Test
    void currenciesAreNeverAddedUpAndAmountsWithoutOneStandAlone() throws Exception {
        write(
                deal("1", "Proposal", "ada", "10", "EUR"),
                deal("2", "Proposal", "ada", "20", "USD"),
                deal("3", "Qualified", "bob", "30", "EUR"),
                deal("4", "Proposal", "ada", "5", null),
                bill("1", "EC2", null, "1.5", "EUR"),
                bill("2", "EC2", null, "2.5", "USD"),
                bill("3", "EC2", null, "4", null));

        assertThat(both(OPEN_AMOUNT)).containsExactly("EUR|2|40", "USD|1|20", "null|1|5");
        assertThat(both("SELECT service, currency, lines, cost FROM agg_cost"))
                .containsExactly("EC2|EUR|1|1.5", "EC2|USD|1|2.5", "EC2|null|1|4");
    }

    @Test
    void theWinRateIsWonOfWonAndLost() throws Exception {
        write(
                deal("1", "Closed Won", "ada", "10", "EUR"),
                deal("2", "closedwon", "ada", null, "EUR"),
                deal("3", "CLOSED LOST", "ada", "7", "EUR"),
                deal("4", "Lost, was won once", "bob", "1", "EUR"),
                deal("5", "Closed Won", "ada", "2", "USD"),
                deal("6", "Negotiation", "ada", "50", "EUR"),
                deal("7", null, "cy", "50", "EUR"));

        assertThat(
                        both(
                                "SELECT owner_id, currency, won, lost, win_rate, won_amount,"
                                        + " lost_amount FROM agg_win_rate"))
                .containsExactly(
                        "ada|EUR|2|1|0.6666666666666666|10|7",
                        "ada|USD|1|0|1|2|null",
                        "bob|EUR|0|1|0|null|1");
    }

    @Test
    void aStageThatIsANumberIsClosedWhereTheChanceOfWinningIsAllOrNone() throws Exception {
        write(
                deal("1", "1234567", "ada", "10", "EUR").withJson("probability", "100"),
                deal("2", "1234568", "ada", "20", "EUR").withJson("probability", "0"),
                deal("3", "1234569", "ada", "30", "EUR").withJson("probability", "99.9"),
                deal("4", "1234569", "ada", "40", "EUR"),
                deal("5", "Commit", "ada", "50", "EUR").withJson("probability", "100"),
                deal("6", "Prospecting", "ada", "60", "EUR").withJson("probability", "0"),
                deal("7", null, "ada", "70", "EUR").withJson("probability", "100"));

        assertThat(both("SELECT won, lost, won_amount, lost_amount FROM agg_win_rate"))
                .containsExactly("1|1|10|20");
        assertThat(both(OPEN_AMOUNT)).containsExactly("EUR|5|250");
        assertThat(both("SELECT stage, opportunities FROM agg_pipeline WHERE stage LIKE '1%'"))
                .containsExactly("1234569|2");
    }

    @Test
    void costIsByServiceRegionAccountAndDayInUtc() throws Exception {
        String arn = "arn:aws:ec2:eu-west-1:123456789012:instance/i-1";
        write(
                bill("1", "EC2", arn, "1.10", "USD"),
                bill("2", "EC2", arn, "2.20", "USD").link("aws-prod", "2"),
                bill("3", "EC2", arn, "4", "USD").with("period_start", "2026-02-01T00:00:00+01:00"),
                bill("4", "EC2", arn, "8", "USD").with("period_start", "2026-02-01T00:00:00Z"),
                bill("5", "S3", "arn:aws:s3:::bucket", "1", "USD"),
                bill("6", "VM", "/subscriptions/AB-1/vm/web", "1", "USD"),
                row("cost_reports", "7").with("service_category", "Tax").withJson("cost", "9"));

        assertThat(
                        both(
                                "SELECT service, region, account, connection, day, currency, lines,"
                                        + " cost FROM agg_cost"))
                .containsExactly(
                        "EC2|eu-west-1|123456789012|aws-prod|2026-01-31|USD|1|2.2",
                        "EC2|eu-west-1|123456789012|crm-prod|2026-01-31|USD|2|5.1",
                        "EC2|eu-west-1|123456789012|crm-prod|2026-02-01|USD|1|8",
                        "S3|eu-west-1|null|crm-prod|2026-01-31|USD|1|1",
                        "Tax|null|null|crm-prod|null|null|1|9",
                        "VM|eu-west-1|ab-1|crm-prod|2026-01-31|USD|1|1");
    }

    @Test
    void aDayIsTheSameInEveryTimeZoneOfAReader() throws Exception {
        write(bill("1", "EC2", null, "1", "USD").with("period_start", "2026-02-01T00:00:00Z"));

        String zone = "SET TimeZone = 'America/New_York'";
        String day = "SELECT day FROM agg_cost";
        assertThat(database.rows(READER, ACME, zone, day)).containsExactly(List.of("2026-02-01"));
        try (Connection file =
                        DriverManager.getConnection("jdbc:duckdb:" + directory + "/acme.duckdb");
                Statement statement = file.createStatement()) {
            statement.execute(zone);
            ResultSet result = statement.executeQuery(day);
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("2026-02-01");
        }
    }

    @Test
    void idleAndOverSizedResourcesAreThoseBelowTheThresholds() throws Exception {
        write(
                resource("idle", "4.99", null, "0.01"),
                resource("idle-and-small-memory", "1", "10", "5"),
                resource("free", "1", null, "0"),
                resource("no-cost-known", "1", null, null),
                resource("at-5", "5", null, "10"),
                resource("large", "19.9", "39.9", "10"),
                resource("large-and-free", "1", "10", "0"),
                resource("cpu-20", "20", "10", "10"),
                resource("memory-40", "10", "40", "10"),
                resource("bucket", null, null, "10"));

        assertThat(both(WASTE))
                .containsExactly(
                        "idle-and-small-memory|idle",
                        "idle|idle",
                        "large-and-free|over-sized",
                        "large|over-sized");
    }

    @Test
    void theyFollowEachChangeOfARow() throws Exception {
        write(
                deal("1", "Proposal", "ada", "10", "EUR"),
                deal("2", "Proposal", "ada", "20", "EUR"),
                resource("i-1", "1", null, "5"));

        write(
                deal("1", "Closed Won", "ada", "10", "EUR"),
                deal("2", "Proposal", "ada", "25", "EUR"),
                resource("i-1", "90", null, "5"));

        assertThat(both(OPEN_AMOUNT)).containsExactly("EUR|1|25");
        assertThat(both(WASTE)).isEmpty();
        postgres.write(row("opportunity", "2").gone()).checkpoint();
        files.merge(row("opportunity", "2").gone());
        assertThat(both(OPEN_AMOUNT)).isEmpty();
    }

    @Test
    void anotherTenantSeesNothing() throws Exception {
        write(
                deal("1", "Proposal", "ada", "10", "EUR"),
                deal("2", "Closed Won", "ada", "10", "EUR"),
                bill("3", "EC2", null, "1", "EUR"),
                resource("4", "1", null, "5"));
        files.merge(
                deal("9", "Proposal", "eve", "1", "EUR").tenant(GLOBEX).build(),
                bill("9", "EC2", null, "1", "EUR").tenant(GLOBEX).build(),
                resource("9", "1", null, "5").tenant(GLOBEX).build());

        List<AgentViews.View> views = views();
        assertThat(views).hasSize(5);
        for (AgentViews.View view : views) {
            String all = "SELECT tenant FROM " + view.name();
            assertThat(both(all)).as(view.name()).containsOnly(ACME);
            assertThat(database.rows(READER, GLOBEX, all)).as(view.name()).isEmpty();
            assertThat(database.rows(READER, null, all)).as(view.name()).isEmpty();
            assertThat(files.rows(GLOBEX, all)).as(view.name()).doesNotContain(ACME);
        }
    }

    @Test
    void bothStoresSayTheSameOfAnyRows() throws Exception {
        Random random = new Random(5);
        List<TestingViews> rows = new ArrayList<>();
        Map<String, BigDecimal> costs = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            String currency = one(random, "EUR", "USD", "JPY", null);
            String amount = new BigDecimal(random.nextLong() >> 20).movePointLeft(6).toString();
            String stage = one(random, "won", "Closed Lost", "Proposal", "Qualified", null);
            rows.add(deal("d" + i, stage, one(random, "ada", "bob", null), amount, currency));
            String account = "arn:aws:ec2:eu-west-1:%d:i".formatted(random.nextInt(3));
            rows.add(bill("b" + i, one(random, "EC2", "S3"), account, amount, currency));
            String cpu = Integer.toString(random.nextInt(30));
            rows.add(resource("r" + i, cpu, one(random, "30", "50", null), amount));
            costs.merge(String.valueOf(currency), new BigDecimal(amount), BigDecimal::add);
        }
        write(rows.toArray(TestingViews[]::new));

        for (AgentViews.View view : views()) {
            assertThat(both("SELECT * FROM " + view.name())).as(view.name()).isNotEmpty();
        }
        assertThat(both("SELECT currency, sum(cost) FROM agg_cost GROUP BY currency"))
                .containsExactlyElementsOf(
                        costs.entrySet().stream()
                                .map(each -> each.getKey() + "|" + plain(each.getValue()))
                                .toList());
    }

    private void write(TestingViews... rows) throws Exception {
        ViewChange[] changes = Stream.of(rows).map(TestingViews::build).toArray(ViewChange[]::new);
        postgres.write(changes).checkpoint();
        files.merge(changes);
    }

    /** What both stores answer to the tenant {@code acme}, in the order of the texts. */
    private List<String> both(String sql) throws Exception {
        List<String> ofPostgres =
                database.rows(READER, ACME, sql).stream()
                        .map(cells -> cells.stream().map(String::valueOf).toList())
                        .map(cells -> String.join("|", cells))
                        .map(AgentViewsTest::plain)
                        .sorted()
                        .toList();
        assertThat(files.rows(ACME, sql).stream().map(AgentViewsTest::plain).sorted())
                .as("DuckDB and PostgreSQL: %s", sql)
                .containsExactlyElementsOf(ofPostgres);
        return ofPostgres;
    }

    /** Numbers in one form: the stores differ in trailing zeros. */
    private static String plain(String row) {
        return Stream.of(row.split("\\|", -1))
                .map(each -> NUMBER.matcher(each).matches() ? plain(new BigDecimal(each)) : each)
                .collect(Collectors.joining("|"));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static List<AgentViews.View> views() {
        return EntityModel.shipped().entities().stream()
                .flatMap(entity -> AgentViews.of(entity.name()).stream())
                .toList();
    }

    private static String one(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private static TestingViews deal(
            String id, String stage, String owner, String amount, String currency) {
        TestingViews deal = row("opportunity", id).with("name", "n");
        return json(
                with(deal, "stage", stage, "owner_id", owner, "currency", currency),
                "amount",
                amount);
    }

    private static TestingViews bill(
            String id, String service, String resource, String cost, String currency) {
        TestingViews bill =
                row("cost_reports", id)
                        .with("region", "eu-west-1")
                        .with("period_start", "2026-01-31T08:00:00Z");
        with(bill, "service_category", service, "resource_id", resource, "currency", currency);
        return json(bill, "cost", cost);
    }

    private static TestingViews resource(String id, String cpu, String memory, String cost) {
        TestingViews resource = row("aws_resources", id).with("resource_id", id);
        json(resource, "cpu_utilization", cpu);
        json(resource, "memory_utilization", memory);
        return json(resource, "monthly_cost", cost);
    }

    private static TestingViews with(TestingViews row, String... fieldsAndValues) {
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            if (fieldsAndValues[i + 1] != null) {
                row.with(fieldsAndValues[i], fieldsAndValues[i + 1]);
            }
        }
        return row;
    }

    private static TestingViews json(TestingViews row, String field, String token) {
        return token == null ? row : row.withJson(field, token);
    }
}
