package io.autonomos.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MappingCatalogTest {

    private final MappingCatalog catalog = MappingCatalog.shipped();

    @Test
    void findsAStreamByItsNamesInAnyCaseAndByItsEntity() {
        assertThat(catalog.resolve("salesforce", "Account").mapping())
                .isEqualTo(catalog.resolve("Salesforce", "accounts").mapping());
        assertThat(catalog.resolve("files", "opportunities").entity().name())
                .isEqualTo("opportunity");
        assertThat(catalog.resolve("salesforce", "Nothing")).isNull();
        assertThat(catalog.resolve("nothing", "Account")).isNull();
    }

    @Test
    void hasOneIdentityMappingPerEntity() {
        assertThat(catalog.resolve("files", "aws_resources").mapping())
                .isEqualTo("files-aws_resources");
    }

    @Test
    void namesItsSourcesAndTheirStreams() {
        assertThat(catalog.sources()).contains("salesforce", "files");
        assertThat(catalog.streams("SalesForce")).contains("Account", "Contact", "Opportunity");
        assertThat(catalog.streams("nothing")).isEmpty();
    }
}
