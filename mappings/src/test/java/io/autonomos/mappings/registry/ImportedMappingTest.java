package io.autonomos.mappings.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImportedMappingTest {

    @Test
    void overridesTheShippedMappingFieldByField() {
        ImportedMapping rows =
                new ImportedMapping(new StreamKey("acme", "sf", "Account"), "salesforce");
        rows.add(2, "industry", "Branch__c", null, "0.9", null);
        rows.add(3, "industry", "Industry", null, null, null);
        rows.add(4, "employees", "Staff Size", "int", null, null);

        CompiledMapping compiled = compile(rows);

        assertThat(rows.text())
                .contains("extends: salesforce-account")
                .contains("industry: [Branch__c, Industry]  # confidence 0.9");
        assertThat(compiled.plan().mapped()).contains("account_id", "name", "industry", "website");
    }

    @Test
    void standsAloneWhereNoneShips() {
        ImportedMapping rows = new ImportedMapping(new StreamKey("t", "c", "orders"), "shop");
        rows.add(5, "opportunity_id", "No", "string", "1", null);
        rows.add(6, "name", "it's", null, "x: y\n", null);
        rows.add(7, "close_date", "Due", null, null, null);

        assertThat(compile(rows).plan().entity().name()).isEqualTo("opportunity");
        assertThat(rows.text()).doesNotContain("extends").isEqualTo(rows.text());
    }

    private static CompiledMapping compile(ImportedMapping rows) {
        return MappingCatalog.compile("import", rows.text().getBytes(StandardCharsets.UTF_8));
    }
}
