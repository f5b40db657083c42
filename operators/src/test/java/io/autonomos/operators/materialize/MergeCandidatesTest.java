package io.autonomos.operators.materialize;

import static io.autonomos.operators.TestingViews.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingViews;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.MergeCandidate.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
class MergeCandidatesTest {

    @Test
    void accountsOfOneNameWithoutOrWithUnequalCountryAreCandidates() throws Exception {
        try (var stage = new TestingCandidates()) {
            stage.send(
                    account("name:acme ltd/GB", "Acme Ltd.").build(),
                    account("name:acme ltd/DE", "ACME  Ltd").build(),
                    account("record:crm/Account/1", "acme-ltd").build(),
                    account("record:crm/Account/2", "Other").build());

            assertThat(stage.open())
                    .containsExactly(
                            "acme account name:acme ltd/GB -> name:acme ltd/DE by name",
                            "acme account record:crm/Account/1 -> name:acme ltd/DE by name",
                            "acme account record:crm/Account/1 -> name:acme ltd/GB by name");
        }
    }

    @Test
    void anAccountByExternalIdAndOneByItsDomainAreCandidatesTwoByExternalIdAreNot()
            throws Exception {
        try (var stage = new TestingCandidates()) {
            stage.send(
                    account("domain:acme.com", "Acme").with("website", "www.acme.com").build(),
                    account("external:7", "Acme Inc").with("website", "https://acme.com/x").build(),
                    account("external:8", "Acme EU").with("website", "acme.com").build());

            assertThat(stage.open())
                    .containsExactly(
                            "acme account domain:acme.com -> external:7 by domain",
                            "acme account domain:acme.com -> external:8 by domain");
            assertThat(stage.last("domain:acme.com", "external:8").evidence())
                    .containsExactly(
                            new Comparison("name", Comparison.DIFFERENT),
                            new Comparison("website", Comparison.SAME));
        }
    }

    @Test
    void contactsOfOnePhoneAndNameWithoutOneAddressAreCandidates() throws Exception {
        try (var stage = new TestingCandidates()) {
            stage.send(
                    contact("email:ada@x.org", "Ada Love", "+44 20 7946 0958")
                            .with("email", "ada@x.org")
                            .with("title", "CTO")
                            .build(),
                    contact("record:crm/Contact/1", "ADA LOVE", "+442079460958")
                            .with("title", "CEO")
                            .build(),
                    contact("record:crm/Contact/2", "Bob Love", "+442079460958").build(),
                    contact("record:crm/Contact/3", "Ada Love", "958").build());

            assertThat(stage.open())
                    .containsExactly(
                            "acme contact record:crm/Contact/1 -> email:ada@x.org by phone-name");
            assertThat(stage.only().evidence())
                    .contains(
                            new Comparison("name", Comparison.SAME),
                            new Comparison("title", Comparison.DIFFERENT),
                            new Comparison("email", Comparison.ONE));
        }
    }

    @Test
    void aCandidateIsWithdrawnWhenARowGoesOrIsNoLongerAlike() throws Exception {
        try (var stage = new TestingCandidates()) {
            stage.send(
                    account("record:a/A/1", "Acme").build(),
                    account("record:b/A/1", "Acme").build());
            assertThat(stage.open()).hasSize(1);

            stage.send(account("record:b/A/1", "Bolt").build());
            assertThat(stage.open()).isEmpty();

            stage.send(account("record:b/A/1", "Acme").build());
            assertThat(stage.open()).hasSize(1);

            stage.send(row("account", "record:a/A/1").gone());
            assertThat(stage.open()).isEmpty();
        }
    }

    @Test
    void aRowThatChangesOtherwiseSaysNothing() throws Exception {
        try (var stage = new TestingCandidates()) {
            stage.send(
                    account("record:a/A/1", "Acme").build(),
                    account("record:b/A/1", "Acme").build());
            int before = stage.news();

            stage.send(account("record:a/A/1", "ACME").with("industry", "Steel").build());

            assertThat(stage.news()).isEqualTo(before);
        }
    }

    @Test
    void whatManyHaveInCommonIsNoEvidence() throws Exception {
        try (var stage = new TestingCandidates()) {
            for (int i = 0; i < CandidateBlocks.MOST_ROWS; i++) {
                stage.send(account("record:a/A/" + i, "Test").build());
            }
            assertThat(stage.open()).hasSize(15);

            stage.send(account("record:a/A/x", "Test").build());
            assertThat(stage.open()).isEmpty();

            stage.send(row("account", "record:a/A/1").gone());
            stage.send(account("record:a/A/y", "Test").build());
            assertThat(stage.open()).isEmpty();
        }
    }

    @Test
    void rowsOfOtherEntitiesAreNotAskedAbout() {
        assertThat(CandidateKeys.concerns(row("opportunity", "record:a/O/1").build())).isFalse();
        assertThat(CandidateKeys.concerns(row("contact", "record:a/C/1").build())).isTrue();
    }

    @Property(tries = 100)
    void theOrderInWhichRowsComeMakesNoDifference(
            @ForAll("rows") List<ViewChange> rows, @ForAll long seed) throws Exception {
        List<ViewChange> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(open(shuffled)).isEqualTo(open(rows));
    }

    @Property(tries = 60)
    void noTenantIsAskedAboutAnothersRows(@ForAll("rows") List<ViewChange> rows) throws Exception {
        Set<String> together = new TreeSet<>(open(rows));
        together.removeIf(each -> !each.startsWith("acme "));

        assertThat(together)
                .isEqualTo(
                        open(rows.stream().filter(each -> each.tenant().equals("acme")).toList()));
    }

    private static Set<String> open(List<ViewChange> rows) throws Exception {
        try (var stage = new TestingCandidates()) {
            stage.send(rows.toArray(ViewChange[]::new));
            return stage.open();
        }
    }

    /** Each row once, and no more in common than is evidence. */
    @Provide
    Arbitrary<List<ViewChange>> rows() {
        Arbitrary<String> ids =
                Arbitraries.of("external:1", "domain:a.com", "name:a/GB", "record:x/A/1");
        return Combinators.combine(
                        Arbitraries.of("acme", "globex"),
                        ids,
                        Arbitraries.of("Acme", "Bolt"),
                        Arbitraries.of("a.com", "b.com"))
                .as(
                        (tenant, id, name, site) ->
                                account(id, name).tenant(tenant).with("website", site).build())
                .list()
                .uniqueElements(change -> change.tenant() + change.id())
                .ofMaxSize(8);
    }

    private static TestingViews account(String id, String name) {
        return row("account", id).with("name", name);
    }

    private static TestingViews contact(String id, String name, String phone) {
        return row("contact", id).with("name", name).with("phone", phone);
    }
}
