package io.autonomos.schemas.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldMerge;
import io.autonomos.schemas.model.IdentityRule;
import io.autonomos.schemas.model.MergeRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewRulesTest {

    private static final EntityModel MODEL = EntityModel.shipped();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "view-sources.contact | hubspot,salesforce",
                "view-sources.contact | one",
                "view-merge.contact.title | longest",
                "view-merge.contact.name | newest",
                "view-merge.account.external_ids | newest",
                "view-merge.contact.created_at | largest",
                "view-identity.account | domain,external",
                "view-identity.account | record",
                "view-identity.ticket | record"
            })
    void aRuleOfTheClosedSetIsUsable(String name, String value) {
        assertThat(ViewRules.isRule(name)).isTrue();
        assertThat(ViewRules.problem(MODEL, name, value)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "view-sources. | hubspot | must be an entity: account, ",
                "view-sources.dog | hubspot | must be an entity: account, ",
                "view-sources.contact.name | hubspot | must end with the entity",
                "view-sources.contact | hubspot,,salesforce | joined by commas",
                "view-sources.contact | hubspot, salesforce | joined by commas",
                "view-sources.contact | hubspot,hubspot | joined by commas",
                "view-sources.contact | '' | joined by commas",
                "view-merge.contact | longest | must be a field of contact: contact_id, ",
                "view-merge.contact.nmae | longest | must be a field of contact: contact_id, ",
                "view-merge.contact.name.first | longest | must be a field of contact",
                "view-merge.contact.name | Longest | must be one of newest, longest, source-priority",
                "view-merge.contact.name | largest | must be one of newest, longest, source-priority",
                "view-merge.account.currency | newest | set the rule of that field",
                "view-identity.account | domain,phone | must be record, or some of external, domain, name",
                "view-identity.account | domain,domain | must be record, or some of",
                "view-identity.account | '' | must be record, or some of",
                "view-identity.ticket | email | must be record: the entity has no other rule"
            })
    void anythingElseIsRefusedAndTheProblemSaysWhatIsAllowed(
            String name, String value, String problem) {
        assertThat(ViewRules.problem(MODEL, name, value)).contains(problem);
    }

    @Test
    void theTenantsOwnRuleComesBeforeThatOfAllAndWhatIsNotUsableIsLeftOut() {
        Controls controls = new Controls(Map.of());
        controls.add(
                message(
                        "*",
                        Map.of("view-merge.contact.title", "longest", "view-sources.lead", "a")));
        controls.add(
                message(
                        "acme",
                        Map.of(
                                "view-merge.contact.title",
                                "source-priority",
                                "view-sources.lead",
                                ",",
                                "drift",
                                "pass")));

        assertThat(ViewRules.of(controls, "acme", MODEL).settings())
                .containsOnly(
                        Map.entry("view-merge.contact.title", "source-priority"),
                        Map.entry("view-sources.lead", "a"));
        assertThat(ViewRules.of(controls, "globex", MODEL).settings())
                .containsEntry("view-merge.contact.title", "longest");
        assertThat(ViewRules.of(new Controls(Map.of()), "acme", MODEL)).isEqualTo(ViewRules.NONE);
    }

    @Test
    void theRulesTakeThePlaceOfTheEntityFilesAndTheRestStays() {
        ViewRules rules =
                new ViewRules(
                        Map.of(
                                "view-sources.contact",
                                "hubspot,salesforce",
                                "view-merge.contact.title",
                                "source-priority",
                                "view-identity.account",
                                "domain",
                                "view-identity.contact",
                                "record"));

        EntityModel model = rules.applyTo(MODEL);
        EntitySchema contact = model.entity("contact");

        assertThat(contact.field("title").merge())
                .isEqualTo(
                        new FieldMerge(
                                MergeRule.SOURCE_PRIORITY,
                                List.of("hubspot", "salesforce"),
                                null,
                                List.of()));
        assertThat(contact.field("owner_id").merge().sources())
                .containsExactly("hubspot", "salesforce");
        assertThat(contact.field("name").merge().rule()).isEqualTo(MergeRule.LONGEST);
        assertThat(contact.unify()).isEmpty();
        assertThat(model.entity("account").unify())
                .extracting(IdentityRule::name)
                .containsExactly("domain");
        assertThat(model.entity("account").field("name"))
                .isEqualTo(MODEL.entity("account").field("name"));
        assertThat(ViewRules.NONE.applyTo(MODEL)).isSameAs(MODEL);
    }

    private static ControlMessage message(String tenant, Map<String, String> policies) {
        return new ControlMessage(
                tenant, 1, Map.of(), policies, Map.of(), "jo", null, Instant.EPOCH);
    }
}
