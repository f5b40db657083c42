package io.autonomos.operators.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileStreamTest {

    @ParameterizedTest
    @CsvSource({
        "accounts_salesforce.csv, salesforce, accounts",
        "opportunities_pipedrive.csv, pipedrive, opportunities",
        "Contacts_HubSpot.CSV, hubspot, contacts",
        "deals_hubspot.jsonl, hubspot, deals",
        "salesforce_account.csv, salesforce, account",
        "salesforce_opportunity_line_item.csv, salesforce, opportunity_line_item",
        "shopify_gql_customer.csv, shopify, gql_customer",
        "user_profiles_supabase.jsonl, supabase, user_profiles",
        "cost_reports_aws.csv, aws, cost_reports",
        "accounts_dynamics365.csv, dynamics365, accounts",
        "accounts_dynamics_365.csv, dynamics, accounts",
        "contacts_zendesk_sell.csv, zendesk_sell, contacts",
        "zendesk_sell_contact.csv, zendesk_sell, contact",
        "azure_cost_cost_report.csv, azure_cost, cost_report",
        "accounts_acme_erp.csv, acme_erp, accounts",
        "acme_erp_accounts.csv, acme_erp, accounts",
        "cost_reports_gcp.csv, gcp, cost_reports",
        "things_acme.csv, acme, things",
        "accounts.csv, files, accounts",
        "accounts_files.csv, files, accounts",
        "accounts_salesforce_2026-01-31.csv, salesforce, accounts",
        "accounts_salesforce_20260131T101500Z.csv, salesforce, accounts",
        "accounts_salesforce (1).csv, salesforce, accounts",
        "accounts_salesforce.2.csv, salesforce, accounts",
        "accounts_2026-01-31.csv, files, accounts"
    })
    void theNameTellsSystemAndStream(String name, String source, String stream) {
        assertThat(FileStream.of(name)).isEqualTo(new FileStream(source, stream));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".csv", "_", "_x.csv", "x_.csv", "stuff.csv", "2026-01-31.csv", "_2"})
    void otherNamesTellNothing(String name) {
        assertThat(FileStream.of(name)).isNull();
    }

    @Test
    void canonicalColumnsWinOverTheSystem() {
        FileStream named = FileStream.of("opportunity_salesforce.csv");

        assertThat(named.withColumns(List.of("name", "opportunity_id")))
                .isEqualTo(new FileStream("files", "opportunities"));
        assertThat(named.withColumns(List.of("Id", "Name"))).isEqualTo(named);
        assertThat(named.withColumns(List.of())).isEqualTo(named);
    }

    @Test
    void canonicalColumnsOfAnotherEntityDoNot() {
        FileStream contacts = FileStream.of("contacts_salesforce.csv");
        FileStream lines = FileStream.of("salesforce_opportunity_line_item.csv");

        assertThat(contacts.withColumns(List.of("id", "account_id"))).isEqualTo(contacts);
        assertThat(lines.withColumns(List.of("id", "opportunity_id"))).isEqualTo(lines);
    }
}
