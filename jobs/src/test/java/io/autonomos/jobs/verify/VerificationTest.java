package io.autonomos.jobs.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VerificationTest {

    private static final Duration ONCE = Duration.ZERO;
    private static final ViewKey CONTACTS = new ViewKey("acme", "contact");

    private final TestingStore one = new TestingStore("postgres");
    private final TestingStore two = new TestingStore("duckdb");
    private final TestingStore three = new TestingStore("kafka");

    /** A store in memory that can change each time it is read. */
    private static final class TestingStore implements ViewStore {

        private final String name;
        private List<RowImage> rows = new ArrayList<>();
        private List<RowImage> later;

        TestingStore(String name) {
            this.name = name;
        }

        TestingStore with(String tenant, String entity, String id, String column, String value) {
            rows.add(row(tenant, entity, id, column, value));
            return this;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean holds(Relation relation) {
            return !name.equals("kafka") || !(relation instanceof Relation.Aggregate);
        }

        @Override
        public void read(Selection selection, Consumer<RowImage> each) {
            rows.stream()
                    .filter(row -> selection.has(row.key().tenant()))
                    .filter(
                            row ->
                                    selection.relations().stream()
                                            .anyMatch(e -> e.name().equals(row.key().entity())))
                    .forEach(each);
            if (later != null) {
                rows = later;
            }
        }
    }

    private static RowImage row(
            String tenant, String entity, String id, String column, String value) {
        List<String> names =
                Relation.all().stream()
                        .filter(each -> each.name().equals(entity))
                        .findFirst()
                        .orElseThrow()
                        .columns();
        String[] columns = new String[names.size()];
        columns[names.indexOf(column)] = value;
        return new RowImage(new ViewKey(tenant, entity), id, Arrays.asList(columns));
    }

    private VerifyResult verify(Duration patience) throws Exception {
        return new Verification(List.of(one, two), null, null, true).run(patience);
    }

    @Test
    void theOrderOfRowsSaysNothing() throws Exception {
        one.with("acme", "contact", "1", "name", "Ada").with("acme", "contact", "2", "name", "Bo");
        two.with("acme", "contact", "2", "name", "Bo").with("acme", "contact", "1", "name", "Ada");

        VerifyResult result = verify(ONCE);

        assertThat(result.isEqual()).isTrue();
        assertThat(result.equal().get(CONTACTS).get("duckdb").count()).isEqualTo(2);
        assertThat(result.rows()).isEmpty();
    }

    @Test
    void aMissingRowIsNamedWithTheStoreThatLacksIt() throws Exception {
        one.with("acme", "contact", "1", "name", "Ada").with("acme", "contact", "2", "name", "Bo");
        two.with("acme", "contact", "2", "name", "Bo");

        assertThat(verify(ONCE).rows())
                .containsExactly(new RowDifference(CONTACTS, "1", List.of("duckdb"), List.of()));
    }

    @Test
    void aChangedValueIsNamedByItsColumnAndNotShown() throws Exception {
        one.with("acme", "contact", "1", "email", "secret-a");
        two.with("acme", "contact", "1", "email", "secret-b");

        VerifyResult result = verify(ONCE);

        assertThat(result.rows())
                .containsExactly(new RowDifference(CONTACTS, "1", List.of(), List.of("email")));
        assertThat(new VerifyReport(result).toText())
                .contains("acme/contact 1: differs in email")
                .contains("DIFFERENT")
                .doesNotContain("secret");
    }

    @Test
    void valuesThatChangedPlacesDiffer() throws Exception {
        one.with("acme", "contact", "1", "name", "A").with("acme", "contact", "2", "name", "B");
        two.with("acme", "contact", "1", "name", "B").with("acme", "contact", "2", "name", "A");

        assertThat(verify(ONCE).isEqual()).isFalse();
        one.rows = List.of(row("acme", "contact", "1", "first_name", "A"));
        two.rows = List.of(row("acme", "contact", "1", "last_name", "A"));
        assertThat(verify(ONCE).rows().get(0).columns()).containsExactly("first_name", "last_name");
    }

    @Test
    void aRowOfAnotherTenantIsADifferenceOfBoth() throws Exception {
        one.with("acme", "contact", "1", "name", "Ada");
        two.with("globex", "contact", "1", "name", "Ada");

        assertThat(verify(ONCE).different()).containsOnlyKeys(CONTACTS, key("globex"));
    }

    @Test
    void whatDiffersIsComparedAgainUntilItIsEqual() throws Exception {
        one.with("acme", "contact", "1", "name", "Ada");
        two.later = List.of(row("acme", "contact", "1", "name", "Ada"));

        assertThat(verify(Duration.ofSeconds(30)).isEqual()).isTrue();
    }

    @Test
    void anEntityThatWasEqualOnceIsEqual() throws Exception {
        one.with("acme", "contact", "1", "name", "Ada").with("globex", "contact", "1", "name", "x");
        two.with("acme", "contact", "1", "name", "Ada");
        two.later =
                List.of(
                        row("acme", "contact", "1", "name", "newer"),
                        row("globex", "contact", "1", "name", "x"));

        assertThat(verify(Duration.ofSeconds(30)).isEqual()).isTrue();
    }

    @Test
    void onlyWhatIsAskedForIsCompared() throws Exception {
        one.with("acme", "contact", "1", "name", "Ada").with("globex", "contact", "1", "name", "x");
        two.with("acme", "contact", "1", "name", "Ada").with("acme", "account", "1", "name", "x");
        List<ViewStore> stores = List.of(one, two);

        assertThat(new Verification(stores, "acme", "contact", true).run(ONCE).isEqual()).isTrue();
        assertThat(new Verification(stores, "acme", null, true).run(ONCE).different())
                .containsOnlyKeys(new ViewKey("acme", "account"));
        assertThat(new Verification(stores, null, "contact", true).run(ONCE).different())
                .containsOnlyKeys(key("globex"));
    }

    @Test
    void graphsAreComparedInTheStoresThatHaveThem() throws Exception {
        three.with("acme", "graph_nodes", "dcl_account", "label", "account");
        one.with("acme", "graph_nodes", "dcl_account", "label", "account");
        two.with("acme", "graph_nodes", "dcl_account", "label", "accounts");
        List<ViewStore> stores = List.of(one, two, three);

        assertThat(new Verification(stores, null, null, true).run(ONCE).rows())
                .containsExactly(
                        new RowDifference(
                                new ViewKey("acme", "graph_nodes"),
                                "dcl_account",
                                List.of(),
                                List.of("label")));
        assertThat(new Verification(stores, null, "account", true).run(ONCE).isEqual()).isTrue();
    }

    @Test
    void aggregatesAreComparedInTheDatabasesAlone() throws Exception {
        one.with("acme", "agg_open_amount", "[\"EUR\"]", "open_amount", "7");
        two.with("acme", "agg_open_amount", "[\"EUR\"]", "open_amount", "8");
        List<ViewStore> stores = List.of(one, two, three);

        VerifyResult result = new Verification(stores, null, "opportunity", true).run(ONCE);

        ViewKey amounts = new ViewKey("acme", "agg_open_amount");
        assertThat(result.rows())
                .containsExactly(
                        new RowDifference(amounts, "[\"EUR\"]", List.of(), List.of("open_amount")));
        assertThat(result.different().get(amounts)).containsOnlyKeys("postgres", "duckdb");
        assertThat(new Verification(stores, null, "account", true).run(ONCE).isEqual()).isTrue();
        assertThat(new Verification(List.of(one, three), null, null, true).run(ONCE).all())
                .isEmpty();
    }

    @Test
    void jsonHasANullForWhatWasNotCompared() throws Exception {
        one.with("acme", "contact", "1", "name", "Ada");
        two.with("acme", "contact", "1", "name", "Ada");

        Map<String, Object> json = new VerifyReport(verify(ONCE)).toJson();

        assertThat(json).containsEntry("equal", true);
        assertThat(json.get("entities").toString())
                .contains("tenant=acme, entity=contact, postgres={count=1, checksum=")
                .contains("kafka=null, replay=null");
    }

    private static ViewKey key(String tenant) {
        return new ViewKey(tenant, "contact");
    }

    @Test
    void whichVersionOfAMappingMadeARowCountsOnlyWhereItIsAskedFor() throws Exception {
        String origin =
                "[{\"connection\":\"crm\",\"mapping\":\"crm-\\\"a\\\"\",\"mapping_version\":%d,"
                        + "\"record_id\":\"%s\"}]";
        one.with("acme", "contact", "1", "provenance", origin.formatted(1, "7"))
                .with("acme", "contact", "2", "conflicts", origin.formatted(1, "8"));
        two.with("acme", "contact", "1", "provenance", origin.formatted(2, "7"))
                .with("acme", "contact", "2", "conflicts", origin.formatted(2, "8"));

        assertThat(verify(ONCE).rows())
                .extracting(RowDifference::columns)
                .containsExactly(List.of("provenance"), List.of("conflicts"));
        assertThat(withoutMappings().isEqual()).isTrue();

        one.with("acme", "contact", "3", "provenance", origin.formatted(1, "9"));
        two.with("acme", "contact", "3", "provenance", origin.formatted(1, "10"));
        assertThat(withoutMappings().rows())
                .containsExactly(
                        new RowDifference(CONTACTS, "3", List.of(), List.of("provenance")));
    }

    private VerifyResult withoutMappings() throws Exception {
        return new Verification(List.of(one, two), null, null, false).run(ONCE);
    }
}
