package io.autonomos.operators.materialize;

import static io.autonomos.operators.TestingEvents.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.operators.TestingEvents;
import io.autonomos.operators.materialize.MaterializeSettings.RowLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewRow;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowMergerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long T1 = 1_000_000;
    private static final long T2 = 2_000_000;
    private static final long T3 = 3_000_000;

    @Test
    void theNewestValueWinsFieldByField() throws Exception {
        ViewRow row =
                merge(
                        contact("crm").at(T1).with("title", "CTO").with("department", "IT"),
                        contact("help").at(T2).with("title", "CEO"));

        JsonNode data = JSON.readTree(row.data());
        assertThat(data.path("title").asText()).isEqualTo("CEO");
        assertThat(data.path("department").asText()).isEqualTo("IT");
        assertThat(row.updatedAt()).isEqualTo(Instant.ofEpochSecond(2));
    }

    @Test
    void recordsOfOneClockAreToldApartByTheirAddress() throws Exception {
        ViewRow row =
                merge(
                        contact("help").at(T1).with("title", "CEO"),
                        contact("crm").at(T1).with("title", "CTO"));

        assertThat(JSON.readTree(row.data()).path("title").asText()).isEqualTo("CTO");
    }

    @Test
    void eachValueSaysWhereItCameFromAndWhatLost() throws Exception {
        ViewRow row =
                merge(
                        contact("crm").at(T1).with("title", "CTO").mappingVersion(3),
                        contact("help").at(T2).with("title", "CEO"),
                        contact("shop").at(T3).with("title", "CEO"));

        assertThat(row.provenance())
                .containsExactly(
                        new ViewRow.Origin(
                                "shop",
                                "testing",
                                "Things",
                                "1",
                                "testing",
                                1,
                                Instant.ofEpochSecond(3),
                                List.of("title")));
        assertThat(row.conflicts())
                .containsExactly(
                        new ViewRow.Origin(
                                "crm",
                                "testing",
                                "Things",
                                "1",
                                "testing",
                                3,
                                Instant.ofEpochSecond(1),
                                List.of("title")));
        assertThat(row.links())
                .extracting(ViewRow.Link::connection)
                .containsExactly("crm", "help", "shop");
        assertThat(row.omittedLinks()).isNull();
    }

    @Test
    void twoWaysToWriteOneNumberAreNoConflict() throws Exception {
        ViewRow row =
                merge(
                        event("account", "1").at(T1).withJson("annual_revenue", "100"),
                        event("account", "2").at(T2).withJson("annual_revenue", "100.00"));

        assertThat(row.conflicts()).isEmpty();
    }

    @Test
    void anAmountKeepsItsOwnCurrency() throws Exception {
        ViewRow row =
                merge(
                        event("account", "1").at(T2).withJson("annual_revenue", "5"),
                        event("account", "2")
                                .at(T1)
                                .withJson("annual_revenue", "7")
                                .with("currency", "USD"));

        JsonNode data = JSON.readTree(row.data());
        assertThat(data.path("annual_revenue").asInt()).isEqualTo(5);
        assertThat(data.has("currency")).isFalse();
    }

    @Test
    void theLongestNameTheFirstCreationAndAllExternalIdsAreKept() throws Exception {
        ViewRow contact =
                merge(
                        contact("crm")
                                .at(T1)
                                .with("name", "Ada Lovelace")
                                .with("created_at", "2024-01-02T00:00:00.5Z"),
                        contact("help")
                                .at(T2)
                                .with("name", "A. L.")
                                .with("created_at", "2024-01-02T00:00:00Z"));
        ViewRow account =
                merge(
                        event("account", "1").at(T1).with("external_ids", List.of("b", "a")),
                        event("account", "2").at(T2).with("external_ids", List.of("c", "b")));

        JsonNode data = JSON.readTree(contact.data());
        assertThat(data.path("name").asText()).isEqualTo("Ada Lovelace");
        assertThat(data.path("created_at").asText()).isEqualTo("2024-01-02T00:00:00Z");
        assertThat(contact.conflicts())
                .flatExtracting(ViewRow.Origin::fields)
                .containsExactly("name");
        assertThat(JSON.readTree(account.data()).path("external_ids").toString())
                .isEqualTo("[\"a\",\"b\",\"c\"]");
    }

    @Test
    void aMapsKeysAreUnitedAndTheNewestValueOfEachWins() throws Exception {
        ViewRow row =
                merge(
                        event("aws_resources", "1")
                                .at(T1)
                                .withJson("tags", "{\"env\":\"dev\",\"b\":\"x\"}"),
                        event("aws_resources", "2").at(T2).withJson("tags", "{\"env\":\"prod\"}"));

        assertThat(JSON.readTree(row.data()).path("tags").toString())
                .isEqualTo("{\"b\":\"x\",\"env\":\"prod\"}");
    }

    @Test
    void aListedSourceBeatsANewerOne() throws Exception {
        CanonicalEvent crm = event("account", "1").at(T1).with("status", "active").build();
        CanonicalEvent help = event("account", "2").at(T2).with("status", "churned").build();
        Contribution listed = withSource(Contribution.of(crm), "salesforce");

        ViewChange change =
                merger("account")
                        .merge("acme", "x", List.of(member(listed), member(Contribution.of(help))));

        assertThat(text(change, "account", "status")).isEqualTo("active");
    }

    @Test
    void aRowThatOthersReferToHasItsOwnIdAndReferencesTheirRows() throws Exception {
        CanonicalEvent event =
                contact("crm").with("contact_id", "1").with("account_id", "a1").build();
        EntitySchema contact = EntityModel.shipped().entity("contact");
        Link link = new Link(contact.field("account_id").index(), "account", "a1", "domain:x.org");
        Contribution said = Contribution.of(event);

        ViewChange known =
                merger("contact")
                        .merge(
                                "acme",
                                "email:a",
                                List.of(new Member(event.key(), "1", said, List.of(link))));
        ViewChange unknown = merger("contact").merge("acme", "email:a", List.of(member(said)));

        assertThat(text(known, "contact", "contact_id")).isEqualTo("email:a");
        assertThat(text(known, "contact", "account_id")).isEqualTo("domain:x.org");
        assertThat(text(unknown, "contact", "account_id")).isEqualTo("unresolved:crm/a1");
    }

    @Test
    void aRecordThatNothingRefersToKeepsItsId() throws Exception {
        ViewRow row = merge(event("ticket", "1").with("ticket_id", "77"));

        assertThat(JSON.readTree(row.data()).path("ticket_id").asText()).isEqualTo("77");
    }

    @Test
    void everyValueStandsWhereItIsSaidToStand() throws Exception {
        ViewChange change =
                change(
                        new RowLimits(1_000, 1 << 20),
                        event("opportunity", "\"1\"")
                                .with("name", "a\"b\u00e9")
                                .withJson("amount", "12.50")
                                .with("close_date", "2026-02-28"));

        assertThat(text(change, "opportunity", "name")).isEqualTo("a\"b\u00e9");
        EntitySchema opportunity = EntityModel.shipped().entity("opportunity");
        assertThat(EventValues.decimal(change, opportunity.field("amount")))
                .isEqualTo(new BigDecimal("12.50"));
        assertThat(EventValues.text(change, opportunity.field("stage"))).isNull();
    }

    @Test
    void aRowOfThousandsListsSomeAndCountsTheRest() throws Exception {
        List<TestingEvents> many = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            many.add(event("contact", "r" + i).at(i).with("title", "t" + i));
        }

        ViewRow row =
                row(change(new RowLimits(1_000, 1 << 20), many.toArray(TestingEvents[]::new)));

        assertThat(row.links()).hasSize(1_000);
        assertThat(row.omittedLinks()).isEqualTo(1_500);
        assertThat(row.conflicts()).hasSize(10);
    }

    @Test
    void aRowThatTheSinksCouldNotTakeIsCut() throws Exception {
        TestingEvents long1 =
                event("ticket", "1").with("ticket_id", "1").with("description", "x".repeat(90_000));

        ViewRow whole = row(change(new RowLimits(10, 100_000), long1));
        ViewRow cut = row(change(new RowLimits(10, 80_000), long1));

        assertThat(whole.provenance()).isNotEmpty();
        assertThat(JSON.readTree(cut.data()).has("description")).isFalse();
        assertThat(JSON.readTree(cut.data()).path("ticket_id").asText()).isEqualTo("1");
    }

    private static TestingEvents contact(String connection) {
        return event("contact", "1").connection(connection).at(T1);
    }

    private static ViewRow merge(TestingEvents... events) throws Exception {
        return row(change(new RowLimits(1_000, 1 << 20), events));
    }

    private static ViewRow row(ViewChange change) throws Exception {
        return MessageJson.read(ViewRow.class, change.json());
    }

    private static ViewChange change(RowLimits limits, TestingEvents... events) {
        List<Member> members = new ArrayList<>();
        String entity = null;
        for (TestingEvents each : events) {
            CanonicalEvent event = each.build();
            entity = event.entity();
            members.add(member(Contribution.of(event)));
        }
        return merger(entity, limits).merge("acme", "row", members);
    }

    private static Member member(Contribution said) {
        return new Member(said.key(), said.recordId(), said, List.of());
    }

    private static Contribution withSource(Contribution said, String source) {
        return new Contribution(
                said.key(),
                source,
                said.recordId(),
                said.eventTime(),
                said.mapping(),
                said.mappingVersion(),
                said.version(),
                said.json(),
                said.values());
    }

    private static RowMerger merger(String entity) {
        return merger(entity, new RowLimits(1_000, 1 << 20));
    }

    private static RowMerger merger(String entity, RowLimits limits) {
        EntityModel model = EntityModel.shipped();
        boolean target = VersionGuard.targets(model).contains(entity);
        return new RowMerger(model.entity(entity), target, limits);
    }

    private static String text(ViewChange change, String entity, String field) {
        assertThat(new String(change.json(), UTF_8)).startsWith("{\"tenant\":\"acme\"");
        return EventValues.text(change, EntityModel.shipped().entity(entity).field(field));
    }
}
