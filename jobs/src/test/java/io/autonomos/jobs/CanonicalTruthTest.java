package io.autonomos.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.operators.source.files.FileFormat;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.Place;
import io.autonomos.operators.source.files.RecordReader;
import io.autonomos.schemas.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shipped mappings against what experts say the vendors' fields mean: where the meaning is a
 * field of ours, the vendor's field is one of that field's sources.
 */
class CanonicalTruthTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELETE = "delete";

    /** What the experts' names mean here, by our entity: ours, then theirs. */
    private static final Map<String, Map<String, String>> MEANINGS =
            Map.of(
                    "account",
                    names(
                            "account_id: id account_id company_id organization_id",
                            "name: name account_name company_name",
                            "type: type",
                            "industry: industry",
                            "owner_id: ownerId owner_id",
                            "status: lifecycleStage",
                            "website: website",
                            "phone: phone phoneNumbers[primary]",
                            "employees: numberOfEmployees number_of_employees size",
                            "annual_revenue: annualRevenue annual_revenue company_annual_revenue",
                            "external_ids: external_id",
                            "created_at: createdAt createdTimestamp created_date created_at",
                            "updated_at: updatedAt updatedTimestamp updated_at",
                            "delete: isDeleted is_deleted is_company_deleted"),
                    "contact",
                    names(
                            "contact_id: id fivetran_staging.user.user_id remote_id",
                            "account_id: organization_id",
                            "first_name: first_name",
                            "last_name: last_name",
                            "name: name",
                            "email: email email_addresses[PERSONAL]",
                            "phone: phone phone_numbers[WORK] phone_numbers[MOBILE]",
                            "role: role",
                            "owner_id: user_id",
                            "created_at: created_at",
                            "updated_at: updated_at",
                            "delete: active is_active"),
                    "lead",
                    names(
                            "lead_id: id lead_id",
                            "first_name: firstName first_name",
                            "last_name: lastName last_name",
                            "name: lead_name",
                            "company: company",
                            "email: email emailAddresses[primary]",
                            "phone: phone phoneNumbers[primary]",
                            "title: title",
                            "status: status",
                            "source: leadSource lead_source",
                            "owner_id: ownerId owner_id",
                            "converted_account_id: convertedAccountId converted_account_id",
                            "converted_contact_id: convertedContactId converted_contact_id",
                            "converted_opportunity_id: converted_opportunity_id",
                            "created_at: createdAt created_date",
                            "updated_at: updatedAt last_modified_date",
                            "delete: isDeleted is_deleted"),
                    "user",
                    names(
                            "user_id: id owner_id",
                            "name: name first_name last_name",
                            "email: email email_address",
                            "active: isActive",
                            "created_at: createdAt created_timestamp",
                            "updated_at: updatedAt updated_timestamp",
                            "delete: isDeleted"),
                    "aws_resources",
                    names(
                            "resource_id: instance_id nat_gateway_id group_id",
                            "region: placement_availability_zone",
                            "instance_type: instance_type",
                            "vcpus: cpu_options_core_count cpu_options_threads_per_core",
                            "tags: tags_src"),
                    "cost_reports",
                    names(
                            "service_category: ServiceName",
                            "region: RegionId",
                            "cost: BilledCost EffectiveCost",
                            "currency: BillingCurrency",
                            "resource_id: ResourceId",
                            "usage: ConsumedQuantity",
                            "period_start: ChargePeriodStart",
                            "period_end: ChargePeriodEnd"));

    @ParameterizedTest(name = "{0}: {2} of {3}")
    @CsvSource({
        "aws_instance, instances, 6, 6",
        "aws_nat_gateway, nat_gateways, 2, 2",
        "aws_security_group, security_groups, 2, 2",
        // Date is the day of use: here it begins the period, there it ends one of many days.
        "azure_cost_cost_report, cost_reports, 8, 9",
        "dynamics365_account, accounts, 18, 18",
        "dynamics365_lead, leads, 13, 13",
        "dynamics365_systemuser, systemusers, 7, 7",
        "hubspot_company, companies, 25, 25",
        "hubspot_owner, owners, 13, 13",
        "oci_cost_cost_report, cost_reports, 9, 9",
        // people_count counts linked persons, and is doubtful by the experts' own word.
        "pipedrive_organization, organizations, 10, 11",
        "salesforce_account, accounts, 27, 27",
        "salesforce_lead, leads, 31, 31",
        "zendesk_organization, organizations, 9, 9",
        "zendesk_sell_contact, contacts, 7, 7",
        "zendesk_user, users, 18, 18"
    })
    void readsTheFieldsThatMeanOneOfOurs(String file, String stream, int covered, int of)
            throws IOException {
        List<JsonNode> rows = csv(SharedData.require("canonical_truth/" + file + ".csv"));
        Mapping mapping = mapping(rows.get(0).path("source").asText(), stream);
        Map<String, String> meanings = MEANINGS.get(mapping.entity());
        Set<String> meant = new TreeSet<>();
        Set<String> missing = new TreeSet<>();

        for (JsonNode row : rows) {
            String theirs = row.path("canonical_field").asText();
            String whole = row.path("canonical_entity").asText() + "." + theirs;
            String ours = meanings.getOrDefault(whole, meanings.get(theirs));
            String vendor = row.path("vendor_field").asText();
            if (ours != null) {
                meant.add(vendor + " -> " + whole);
                if (!fieldsOf(mapping, vendor).contains(ours)) {
                    missing.add(vendor + " -> " + whole);
                }
            }
        }

        assertThat(meant.size() - missing.size()).as("missing: %s", missing).isEqualTo(covered);
        assertThat(meant).hasSize(of);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "hubspot_companies_v1_v3, hubspot, companies",
        "hubspot_owners_v2_v3, hubspot, owners",
        "pipedrive_organizations, pipedrive, organizations",
        "zendesk_user, zendesk, users"
    })
    void readsAFieldUnderItsOldAndItsNewName(String file, String source, String stream)
            throws IOException {
        Mapping mapping = mapping(source, stream);
        List<String> lost = new ArrayList<>();
        for (String line : Files.readAllLines(SharedData.require("drift/" + file + ".jsonl"))) {
            JsonNode drift = JSON.readTree(line);
            if (!drift.path("case_type").asText().equals("api_migration")) {
                continue;
            }
            for (JsonNode pair : drift.path("truth")) {
                String before = pair.path("before").asText("");
                String after = pair.path("after").asText("");
                Set<String> fields = fieldsOf(mapping, before);
                if (!pair.path("after").isNull() && !fieldsOf(mapping, after).containsAll(fields)) {
                    lost.add(before + " -> " + after + " of " + fields);
                }
            }
        }

        assertThat(lost).isEmpty();
    }

    @Test
    void everyFileThatSpeaksOfAnEntityOfOursIsHeldAgainst() throws IOException {
        Set<String> other =
                Set.of(
                        "hubspot_contact_property_history",
                        "hubspot_deal_company",
                        "hubspot_deal_pipeline",
                        "hubspot_email_campaign",
                        "hubspot_email_event",
                        "hubspot_email_event_forward",
                        "hubspot_email_event_print",
                        "hubspot_email_event_status_change",
                        "hubspot_engagement",
                        "hubspot_note",
                        "hubspot_property_option",
                        "hubspot_ticket_pipeline",
                        "hubspot_ticket_pipeline_stage",
                        "pipedrive_note",
                        "salesforce_note",
                        "salesforce_opportunity_line_item",
                        "salesforce_task",
                        "salesforce_user_role",
                        "zendesk_brand");
        try (Stream<Path> files = Files.list(SharedData.require("canonical_truth"))) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".csv", "")))
                    .filteredOn(name -> !other.contains(name))
                    .hasSize(16);
        }
    }

    private static Mapping mapping(String source, String stream) {
        MappingCatalog catalog = MappingCatalog.shipped();
        return catalog.mapping(catalog.resolve(source, stream).mapping());
    }

    /** The canonical fields that a path of the record can give its value to. */
    private static Set<String> fieldsOf(Mapping mapping, String vendor) {
        Set<String> fields = new TreeSet<>();
        SourcePath path = vendor.isEmpty() ? null : SourcePath.parse(vendor);
        for (FieldRule rule : mapping.fields()) {
            boolean computed =
                    rule.expression() != null
                            && (rule.expression().text() + " ")
                                    .matches("(?s).*record\\.\\Q" + vendor + "\\E[^\\w.].*");
            if (rule.from().contains(path) || computed) {
                fields.add(rule.name());
            }
        }
        if (mapping.deleteWhen().containsKey(path)) {
            fields.add(DELETE);
        }
        return fields;
    }

    private static Map<String, String> names(String... lines) {
        Map<String, String> names = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(": ", 2);
            for (String theirs : parts[1].split(" ")) {
                names.put(theirs, parts[0]);
            }
        }
        return names;
    }

    private static List<JsonNode> csv(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (RecordReader reader =
                RecordReader.open(
                        Files.newInputStream(file),
                        file.toString(),
                        FileFormat.CSV,
                        1 << 20,
                        Place.START)) {
            for (FileRecord row = reader.next(); row != null; row = reader.next()) {
                rows.add(JSON.readTree(new String(row.json(), UTF_8)));
            }
        }
        return rows;
    }
}
