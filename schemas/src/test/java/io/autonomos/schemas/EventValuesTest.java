package io.autonomos.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventValuesTest {

    private static final EntitySchema OPPORTUNITY = EntityModel.shipped().entity("opportunity");
    private static final EntitySchema ACCOUNT = EntityModel.shipped().entity("account");
    private static final EntitySchema USER = EntityModel.shipped().entity("user");
    private static final EntitySchema RESOURCE = EntityModel.shipped().entity("aws_resources");

    @Test
    void textIsReadInPlace() {
        assertThat(text("\"007\"")).isEqualTo("007");
        assertThat(text("\"\"")).isEmpty();
        assertThat(text("\"\u65E5\u672C \uD83D\uDE80\"")).isEqualTo("\u65E5\u672C \uD83D\uDE80");
    }

    @Test
    void escapesAreResolved() {
        assertThat(text("\"a\\\"b\\\\c\\n\\u00e9\\ud83d\\ude80\""))
                .isEqualTo("a\"b\\c\n\u00e9\uD83D\uDE80");
    }

    @Test
    void aTokenIsTheJsonAsItStands() {
        CanonicalEvent event = event(OPPORTUNITY, "name", "\"a\\nb\"");

        assertThat(EventValues.token(event, OPPORTUNITY.field("name"))).isEqualTo("\"a\\nb\"");
    }

    @Test
    void decimalsKeepEveryDigit() {
        CanonicalEvent event = event(OPPORTUNITY, "amount", "12345678901234567890.100");

        assertThat(EventValues.decimal(event, OPPORTUNITY.field("amount")))
                .isEqualTo(new BigDecimal("12345678901234567890.100"));
        assertThat(EventValues.text(event, OPPORTUNITY.field("amount")))
                .isEqualTo("12345678901234567890.100");
    }

    @Test
    void zeroIsAValue() {
        CanonicalEvent event = event(OPPORTUNITY, "amount", "0");

        assertThat(EventValues.isPresent(event, OPPORTUNITY.field("amount"))).isTrue();
        assertThat(EventValues.decimal(event, OPPORTUNITY.field("amount"))).isZero();
    }

    @Test
    void everyTypeHasItsReader() {
        assertThat(
                        EventValues.integer(
                                event(ACCOUNT, "employees", "9007199254740993"),
                                ACCOUNT.field("employees")))
                .isEqualTo(9007199254740993L);
        assertThat(EventValues.bool(event(USER, "active", "false"), USER.field("active")))
                .isFalse();
        assertThat(
                        EventValues.date(
                                event(OPPORTUNITY, "close_date", "\"2026-02-28\""),
                                OPPORTUNITY.field("close_date")))
                .isEqualTo(LocalDate.of(2026, 2, 28));
        assertThat(
                        EventValues.timestamp(
                                event(USER, "created_at", "\"2026-02-28T01:02:03.000004Z\""),
                                USER.field("created_at")))
                .isEqualTo(Instant.parse("2026-02-28T01:02:03.000004Z"));
        assertThat(
                        EventValues.textList(
                                event(ACCOUNT, "external_ids", "[\"a\",\"b\\\"\"]"),
                                ACCOUNT.field("external_ids")))
                .isEqualTo(List.of("a", "b\""));
        assertThat(
                        EventValues.textMap(
                                event(RESOURCE, "tags", "{\"env\":\"prod\",\"a\\\\b\":\"\"}"),
                                RESOURCE.field("tags")))
                .isEqualTo(Map.of("env", "prod", "a\\b", ""));
    }

    @Test
    void whatIsAbsentIsNullForEveryType() {
        CanonicalEvent event = event(OPPORTUNITY, "name", "\"x\"");

        assertThat(EventValues.isPresent(event, OPPORTUNITY.field("amount"))).isFalse();
        assertThat(EventValues.token(event, OPPORTUNITY.field("amount"))).isNull();
        assertThat(EventValues.text(event, OPPORTUNITY.field("stage"))).isNull();
        assertThat(EventValues.integer(event, OPPORTUNITY.field("amount"))).isNull();
        assertThat(EventValues.decimal(event, OPPORTUNITY.field("amount"))).isNull();
        assertThat(EventValues.bool(event, OPPORTUNITY.field("amount"))).isNull();
        assertThat(EventValues.date(event, OPPORTUNITY.field("close_date"))).isNull();
        assertThat(EventValues.timestamp(event, OPPORTUNITY.field("created_at"))).isNull();
        assertThat(EventValues.textList(event, OPPORTUNITY.field("stage"))).isNull();
        assertThat(EventValues.textMap(event, OPPORTUNITY.field("stage"))).isNull();
    }

    @Test
    void aFieldThatCameWithALaterVersionIsAbsentFromAnOlderEvent() {
        CanonicalEvent old = event(USER, "user_id", "\"1\"");

        assertThat(EventValues.isPresent(old, OPPORTUNITY.field("updated_at"))).isFalse();
    }

    @Test
    void aUnifiedRowIsReadAsAnEventIs() {
        byte[] json = "{\"data\":{\"name\":\"x\"}}".getBytes(StandardCharsets.UTF_8);
        int[] values = new int[2 * OPPORTUNITY.fields().size()];
        Arrays.fill(values, -1);
        int name = OPPORTUNITY.field("name").index();
        values[2 * name] = 16;
        values[2 * name + 1] = 19;
        ViewChange row = new ViewChange("acme", "opportunity", "1", 0, json, values);
        ViewChange gone = ViewChange.delete("acme", "opportunity", "1", 0);

        assertThat(EventValues.text(row, OPPORTUNITY.field("name"))).isEqualTo("x");
        assertThat(EventValues.text(row, OPPORTUNITY.field("stage"))).isNull();
        assertThat(EventValues.text(gone, OPPORTUNITY.field("name"))).isNull();
    }

    private static String text(String token) {
        return EventValues.text(event(OPPORTUNITY, "name", token), OPPORTUNITY.field("name"));
    }

    /** An event with one field, its value somewhere inside the envelope. */
    private static CanonicalEvent event(EntitySchema entity, String field, String token) {
        byte[] before = ("{\"data\":{\"" + field + "\":").getBytes(StandardCharsets.UTF_8);
        byte[] value = token.getBytes(StandardCharsets.UTF_8);
        byte[] after = "},\"extras\":{}}".getBytes(StandardCharsets.UTF_8);
        byte[] json = Arrays.copyOf(before, before.length + value.length + after.length);
        System.arraycopy(value, 0, json, before.length, value.length);
        System.arraycopy(after, 0, json, before.length + value.length, after.length);
        int[] values = new int[2 * entity.fields().size()];
        Arrays.fill(values, -1);
        int index = entity.field(field).index();
        values[2 * index] = before.length;
        values[2 * index + 1] = before.length + value.length;
        return new CanonicalEvent(
                "id",
                new StreamKey("acme", "sf", "s"),
                "salesforce",
                entity.name(),
                RawRecord.UPSERT,
                "1",
                0,
                0,
                "m",
                1,
                json,
                values,
                json.length - 3,
                json.length - 1);
    }
}
