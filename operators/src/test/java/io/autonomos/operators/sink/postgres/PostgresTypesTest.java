package io.autonomos.operators.sink.postgres;

import static io.autonomos.operators.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.model.EntityModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTypesTest {

    private TestingPostgres.Database database;
    private TestingWriter<CanonicalEvent> writer;

    @BeforeEach
    void openWriter() throws Exception {
        database = TestingPostgres.shared().migratedDatabase();
        writer =
                new TestingWriter<>(
                        PostgresSink.canonicalEvents(database.settings(Map.of())),
                        CanonicalEvent.class);
    }

    @AfterEach
    void closeWriter() throws Exception {
        writer.close();
    }

    @Test
    void textArrivesAsItIs() throws Exception {
        String text =
                "O'Brien \"quoted\", {NULL} \\ back\nline\ttab \u00fc\u6f22\ud83d\ude00 '; DROP";

        writer.write(event("account", "1").with("name", text).with("type", "").build());
        writer.write(event("account", "2").with("name", "NULL").build()).checkpoint();

        assertThat(
                        database.rows(
                                "SELECT name, type, phone FROM canonical_account ORDER BY record_id"))
                .containsExactly(Arrays.asList(text, "", null), Arrays.asList("NULL", null, null));
    }

    @Test
    void numbersAreExact() throws Exception {
        writer.write(
                        event("account", "1")
                                .with("employees", Long.MAX_VALUE)
                                .withJson(
                                        "annual_revenue", "12345678901234567890.123456789012345678")
                                .build(),
                        event("account", "2")
                                .with("employees", 0)
                                .withJson("annual_revenue", "-1.5E+3")
                                .build())
                .checkpoint();

        assertThat(
                        database.rows(
                                "SELECT employees, annual_revenue FROM canonical_account ORDER BY record_id"))
                .containsExactly(
                        List.of("9223372036854775807", "12345678901234567890.123456789012345678"),
                        List.of("0", "-1500"));
    }

    @Test
    void datesTimesAndBooleansKeepTheirValue() throws Exception {
        writer.write(
                        event("opportunity", "1").with("close_date", "2024-02-29").build(),
                        event("opportunity", "2").with("close_date", "0001-01-01").build(),
                        event("opportunity", "3").with("close_date", "9999-12-31").build(),
                        event("user", "1")
                                .with("active", true)
                                .with("created_at", "1969-12-31T23:59:59.999999Z")
                                .with("updated_at", "9999-12-31T23:59:59.999999Z")
                                .build(),
                        event("user", "2")
                                .with("active", false)
                                .with("created_at", "0001-01-01T00:00:00Z")
                                .build())
                .checkpoint();

        assertThat(database.rows("SELECT close_date FROM canonical_opportunity ORDER BY record_id"))
                .containsExactly(
                        List.of("2024-02-29"), List.of("0001-01-01"), List.of("9999-12-31"));
        assertThat(
                        database.rows(
                                "SELECT active, created_at AT TIME ZONE 'UTC', updated_at AT TIME ZONE 'UTC'"
                                        + " FROM canonical_user ORDER BY record_id"))
                .containsExactly(
                        List.of("t", "1969-12-31 23:59:59.999999", "9999-12-31 23:59:59.999999"),
                        Arrays.asList("f", "0001-01-01 00:00:00", null));
    }

    @Test
    void listsAndMapsKeepQuotesCommasAndTheWordNull() throws Exception {
        List<String> list =
                List.of("NULL", "null", "", "a,b", "{c}", "d\"e", "f\\g", " h ", "\u6f22");
        Map<String, String> map = new LinkedHashMap<>();
        map.put("NULL", "null");
        map.put("a,b", "c\"d");
        map.put("", "\\");
        writer.write(event("account", "1").with("external_ids", list).build());
        writer.write(event("account", "2").with("external_ids", List.of()).build());
        writer.write(event("aws_resources", "1").with("tags", map).build()).checkpoint();

        assertThat(
                        database.rows(
                                "SELECT u.element FROM canonical_account,"
                                        + " unnest(external_ids) WITH ORDINALITY AS u (element, place)"
                                        + " WHERE record_id = '1' ORDER BY place"))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(list);
        assertThat(
                        database.rows(
                                "SELECT cardinality(external_ids) FROM canonical_account WHERE record_id = '2'"))
                .containsExactly(List.of("0"));
        assertThat(
                        database.rows(
                                "SELECT key, value FROM canonical_aws_resources, jsonb_each_text(tags)"))
                .containsExactlyInAnyOrder(
                        List.of("NULL", "null"), List.of("a,b", "c\"d"), List.of("", "\\"));
    }

    @Test
    void extrasKeepWhatTextColumnsRefuse() throws Exception {
        String extras =
                "{\"nul\": \"a\\u0000b\", \"half\": \"\\ud800\", \"n\": 1e400, \"d\": {\"d\": 1}}";

        writer.write(event("account", "1").with("name", "x").extras(extras).build()).checkpoint();

        assertThat(database.rows("SELECT extras FROM canonical_account"))
                .containsExactly(List.of(extras));
        assertThat(database.rows("SELECT event FROM canonical_events").get(0).get(0))
                .contains(extras);
    }

    @Test
    void everyShippedEntityHasATableThatTakesAnEmptyRecord() throws Exception {
        for (var entity : EntityModel.shipped().entities()) {
            writer.write(event(entity, "1").build());
        }
        writer.checkpoint();

        for (var entity : EntityModel.shipped().entities()) {
            assertThat(database.rows("SELECT record_id FROM " + entity.name() + "_current"))
                    .containsExactly(List.of("1"));
        }
    }
}
