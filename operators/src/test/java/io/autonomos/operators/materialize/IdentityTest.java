package io.autonomos.operators.materialize;

import static io.autonomos.operators.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingEvents;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.IdentityRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Ada@Example.COM | email:ada@example.com
                    Ada Lovelace <ada@example.com> | email:ada@example.com
                    mailto:ada@example.com | email:ada@example.com
                    ada+crm@example.com | email:ada+crm@example.com
                    ada | record:crm-prod/Things/1
                    """)
    void aContactIsItsAddress(String email, String row) {
        assertThat(row(event("contact", "1").with("email", email))).isEqualTo(row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://www.acme.com/ | domain:acme.com
                    ACME.com | domain:acme.com
                    http://shop.acme.co.uk:8080/de?x=1 | domain:acme.co.uk
                    https://bücher.de | domain:xn--bcher-kva.de
                    acme.github.io | domain:acme.github.io
                    https://www.nimbus.example.com | domain:nimbus.example.com
                    https://facebook.com/acme | record:crm-prod/Things/1
                    co.uk | record:crm-prod/Things/1
                    10.0.0.1 | record:crm-prod/Things/1
                    localhost | record:crm-prod/Things/1
                    n/a | record:crm-prod/Things/1
                    """)
    void anAccountIsTheDomainItRegistered(String website, String row) {
        assertThat(row(event("account", "1").with("name", "Acme").with("website", website)))
                .isEqualTo(row);
    }

    @Test
    void anExternalIdIsStrongerThanADomainWhateverTheListsOrder() {
        TestingEvents account = event("account", "1").with("website", "acme.com");

        assertThat(row(account.with("external_ids", List.of("E-2", " E-1 "))))
                .isEqualTo("external:E-1");
        assertThat(row(account.with("external_ids", List.of("E-1", "E-2"))))
                .isEqualTo("external:E-1");
        assertThat(row(account.with("external_ids", List.of()))).isEqualTo("domain:acme.com");
    }

    @Test
    void aNameProvesNothingWithoutACountry() {
        TestingEvents account = event("account", "1").with("name", "ACME,  Straße GmbH.");

        assertThat(row(account)).isEqualTo("record:crm-prod/Things/1");
        assertThat(row(account.with("phone", "030 12345"))).isEqualTo("record:crm-prod/Things/1");
        assertThat(row(account.with("phone", "+49 30 901820")))
                .isEqualTo("name:acme strasse gmbh/DE");
    }

    @Test
    void whatNoRuleSpeaksOfIsItsRecord() {
        assertThat(row(event("opportunity", "006/1").connection("crm").stream("Deal")))
                .isEqualTo("record:crm/Deal/006%2F1");
    }

    @Test
    void everyShippedRuleComparesTextInAKnownForm() {
        for (EntitySchema entity : EntityModel.shipped().entities()) {
            new Identity(entity);
            for (IdentityRule rule : entity.unify()) {
                for (IdentityRule.Part part : rule.parts()) {
                    EntityField field = entity.field(part.field());
                    assertThat(field.type().name()).startsWith("TEXT");
                }
            }
        }
    }

    private static String row(TestingEvents from) {
        CanonicalEvent event = from.build();
        return new Identity(EntityModel.shipped().entity(event.entity()))
                .row(event, event.key(), event.recordId());
    }
}
