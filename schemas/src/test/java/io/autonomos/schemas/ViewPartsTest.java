package io.autonomos.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ViewPartsTest {

    private static final String ROW =
            """
            {"tenant":"acme","entity":"contact","id":"ü \\"1\\"","data":{"links":[1],"name":"ß"},\
            "schema_version":12,"links":[{"record_id":"]\\"}"}],"provenance": [ {"a":[]} ],\
            "conflicts":[],"updated_at":"2026-01-01T00:00:00Z"}""";

    @Test
    void eachPartIsTheTokenOfItsProperty() {
        ViewParts parts = ViewParts.of(row(ROW));

        assertThat(parts.data()).isEqualTo("{\"links\":[1],\"name\":\"ß\"}");
        assertThat(parts.links()).isEqualTo("[{\"record_id\":\"]\\\"}\"}]");
        assertThat(parts.provenance()).isEqualTo("[ {\"a\":[]} ]");
        assertThat(parts.conflicts()).isEqualTo("[]");
        assertThat(parts.schemaVersion()).isEqualTo(12);
    }

    @Test
    void aNumberAtTheEndIsReadToItsEnd() {
        String last =
                "{\"data\":{},\"links\":[],\"provenance\":[],\"conflicts\":[],\"schema_version\":123}";

        assertThat(ViewParts.of(row(last)).schemaVersion()).isEqualTo(123);
    }

    @Test
    void aRowWithoutAPartIsRefusedByItsName() {
        assertThatThrownBy(() -> ViewParts.of(row(ROW.replace("conflicts", "quarrels"))))
                .hasMessageContaining("contact")
                .hasMessageContaining("no conflicts");
    }

    private static ViewChange row(String json) {
        return new ViewChange("acme", "contact", "1", 0, json.getBytes(UTF_8), new int[0]);
    }
}
