package io.autonomos.mappings.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtsTest {

    private static final SameRecordValues EQUAL =
            (before, after) -> new SameRecordValues.Agreement(20, 20, 18);

    private final SchemaMatcher matcher = SchemaMatcher.shipped();

    @ParameterizedTest
    @CsvSource({
        "billing_city billing_zip billing_street, shipping_city shipping_zip shipping_street",
        "created_by created_on, updated_by updated_on",
        "min_price min_weight, max_price max_weight",
        "payer_name payer_id, payee_name payee_id"
    })
    void namesThatExcludeEachOtherAreNotAppliedHoweverManyDoAlike(String before, String after) {
        assertThat(decide(fields(before), fields(after), SameRecordValues.NONE))
                .allMatch(each -> each.tier() == Tier.REJECT);
    }

    @ParameterizedTest
    @CsvSource({
        "amount tax, amount_usd tax_usd",
        "customer_id order_ref, external_customer_id external_order_ref",
        "confirmed_at, email_confirmed_at phone_confirmed_at",
        "payment_mode order_total, disbursement_mode order_total",
        "trigger_type queue_id, type queue_id",
        "last_replied_at order_total, last_forwarded_at order_total",
        "title queue_id, name queue_id",
        "website queue_id, domain queue_id"
    })
    void whatNamesAloneCannotTellIsAsked(String before, String after) {
        assertThat(decide(fields(before), fields(after), SameRecordValues.NONE))
                .allMatch(each -> each.tier() != Tier.APPLY);
    }

    @Test
    void valuesThatLookAlikeDoNotMakeUpForHalfAName() {
        List<SchemaField> before = List.of(with("password_changed", "date", "2024-05-01"));
        List<SchemaField> after = List.of(with("status_changed", "date", "2024-07-01"));

        assertThat(decide(before, after, SameRecordValues.NONE))
                .allMatch(each -> each.tier() != Tier.APPLY);
    }

    @Test
    void wordsThatStandForEachOtherExcludeEachOtherOnlyWhereBothAreUsed() {
        assertThat(decide(fields("owner_id"), fields("assigned_to"), SameRecordValues.NONE))
                .allMatch(each -> each.tier() == Tier.REVIEW);
        String both = "owner_id assignee_notes";
        String after = "assignee_id assignee_notes";
        assertThat(decide(fields(both), fields(after), SameRecordValues.NONE))
                .allMatch(each -> each.tier() == Tier.REJECT);
    }

    @Test
    void anOldNameWhoseTypeWentElsewhereIsAsked() {
        List<SchemaField> before = List.of(SchemaField.of("id", "text"), field("name"));
        List<SchemaField> after =
                List.of(
                        SchemaField.of("id", "uuid"),
                        SchemaField.of("provider_id", "text"),
                        field("name"));

        assertThat(decide(before, after, SameRecordValues.NONE))
                .allMatch(each -> each.tier() != Tier.APPLY);
    }

    @Test
    void anOldNameWhoseValuesLookLikeALongerNamesIsAsked() {
        List<SchemaField> before = List.of(with("id", "integer", "4507894", "4507895"));
        List<SchemaField> after =
                List.of(
                        with("id", "string", "gid://shop/Order/45", "gid://shop/Order/46"),
                        with("legacyResourceId", "string", "4507894", "4507895"));

        assertThat(decide(before, after, SameRecordValues.NONE))
                .allMatch(each -> each.tier() != Tier.APPLY);
    }

    private static SchemaField with(String name, String type, String... values) {
        return new SchemaField(name, type, ValueProfile.of(List.of(values)));
    }

    @Test
    void valuesOfTheSameRecordsGoBeforeNames() {
        assertThat(decide(fields("code"), fields("promo_code"), EQUAL))
                .allMatch(each -> each.tier() == Tier.APPLY);
    }

    @Test
    void aRuleThatManyFieldsFollowIsNoDoubt() {
        String before = "code title status owner";
        String after = "data.code data.title data.status data.owner";

        assertThat(decide(fields(before), fields(after), SameRecordValues.NONE))
                .allMatch(each -> each.tier() == Tier.APPLY);
    }

    private List<FieldDecision> decide(
            List<SchemaField> before, List<SchemaField> after, SameRecordValues values) {
        List<FieldDecision> decisions =
                matcher.decide(
                        new SchemaChange("orders", withKept(before), withKept(after), values));
        assertThat(decisions).hasSizeGreaterThanOrEqualTo(1);
        return decisions;
    }

    private static List<SchemaField> withKept(List<SchemaField> fields) {
        List<SchemaField> all = new ArrayList<>(fields);
        Stream.of("order_number", "note", "placed_on").map(DoubtsTest::field).forEach(all::add);
        return all;
    }

    private static List<SchemaField> fields(String names) {
        return Arrays.stream(names.split(" ")).map(DoubtsTest::field).toList();
    }

    private static SchemaField field(String name) {
        return SchemaField.of(name, "string");
    }
}
