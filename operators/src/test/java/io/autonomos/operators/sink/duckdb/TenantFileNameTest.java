package io.autonomos.operators.sink.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class TenantFileNameTest {

    @Example
    void plainNamesStandForThemselves() {
        assertThat(TenantFileName.encode("acme-eu_1")).isEqualTo("acme-eu_1.duckdb");
    }

    @Example
    void everythingElseIsEscaped() {
        assertThat(TenantFileName.encode("../A b")).isEqualTo("%2e%2e%2f%41%20b.duckdb");
        assertThat(TenantFileName.encode("-rf")).isEqualTo("%2drf.duckdb");
    }

    @Example
    void namesThatAreNotOursDecodeToNothing() {
        assertThat(TenantFileName.decode("acme.txt")).isEmpty();
        assertThat(TenantFileName.decode("Acme.duckdb")).isEmpty();
        assertThat(TenantFileName.decode("a%2.duckdb")).isEmpty();
        assertThat(TenantFileName.decode("%61.duckdb")).isEmpty();
        assertThat(TenantFileName.decode(".duckdb")).isEmpty();
    }

    @Example
    void refusesWhatIsNoTenant() {
        assertThatThrownBy(() -> TenantFileName.encode("")).hasMessageContaining("AOS-801");
        assertThatThrownBy(() -> TenantFileName.encode("\ud800")).hasMessageContaining("AOS-801");
        assertThatThrownBy(() -> TenantFileName.encode("x".repeat(129)))
                .hasMessageContaining("AOS-801")
                .hasMessageContaining("129 characters");
    }

    @Property(tries = 500)
    void everyTenantHasASafeNameThatLeadsBackToIt(
            @ForAll @StringLength(min = 1, max = 128) String tenant) {
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(tenant));

        String name = TenantFileName.encode(tenant);

        assertThat(name).matches("[a-z0-9_%~][a-z0-9_%~-]*\\.duckdb");
        assertThat(name.length()).isLessThan(200);
        assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT));
        Optional<String> back = TenantFileName.decode(name);
        assertThat(back).isEqualTo(name.contains("~") ? Optional.empty() : Optional.of(tenant));
    }

    @Property(tries = 500)
    void differentTenantsHaveDifferentNames(
            @ForAll @StringLength(min = 1, max = 128) String one,
            @ForAll @StringLength(min = 1, max = 128) String other) {
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(one + "|" + other));
        Assume.that(!one.equals(other));

        assertThat(TenantFileName.encode(one)).isNotEqualTo(TenantFileName.encode(other));
    }
}
