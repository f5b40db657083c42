package io.autonomos.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.mappings.language.MappingReader;
import java.nio.charset.StandardCharsets;
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

    @Test
    void refusesASeparatorThatWouldSplitForEver() {
        String mapping =
                """
                mapping: m
                source: s
                stream: t
                entity: account
                fields:
                  external_ids: {from: ids, split: ""}
                """;

        assertThatThrownBy(
                        () ->
                                MappingReader.read(
                                        "m.yaml", mapping.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("m.yaml:6:36 AOS-603: split must not be empty.");
    }
}
