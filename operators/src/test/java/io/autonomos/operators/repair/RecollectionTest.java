package io.autonomos.operators.repair;

import static io.autonomos.operators.TestingStream.rename;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingStream;
import io.autonomos.schemas.messages.KnownRepair;
import io.autonomos.schemas.messages.RepairHints;
import io.autonomos.schemas.messages.RepairProposal.Change;
import io.autonomos.schemas.messages.RepairProposal.Evidence;
import io.autonomos.schemas.messages.Tier;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RecollectionTest {

    private static final Consumer<Map<String, Object>> UNCERTAIN = rename("chance", "score");
    private static final Consumer<Map<String, Object>> CERTAIN = rename("title", "title__c");
    private static final Map<String, Double> NUMBERS = Map.of("integer", 1.0);

    @Test
    void whatOtherTenantsAcceptedIsAppliedOnceEnoughDid() {
        assertThat(tier(UNCERTAIN)).isEqualTo(Tier.REVIEW);
        assertThat(tier(UNCERTAIN, others("chance", "score", 1, 0))).isEqualTo(Tier.REVIEW);
        assertThat(tier(UNCERTAIN, others("chance", "score", 3, 0))).isEqualTo(Tier.APPLY);
    }

    @Test
    void theEvidenceTellsNumbersOfTenantsOnly() {
        Change change = change(UNCERTAIN, others("chance", "score", 3, 1));

        assertThat(change.evidence())
                .contains(
                        new Evidence(
                                "memory",
                                0.75,
                                "the same change was accepted by 3 other tenants and refused or"
                                        + " taken back by 1"));
        assertThat(change.tier()).isEqualTo(Tier.REVIEW);
    }

    @Test
    void aRefusalElsewhereMakesItAQuestionButNeverLess() {
        assertThat(tier(CERTAIN)).isEqualTo(Tier.APPLY);
        assertThat(tier(CERTAIN, others("title", "title__c", 0, 1))).isEqualTo(Tier.REVIEW);
        assertThat(tier(CERTAIN, others("title", "title__c", 0, 90))).isEqualTo(Tier.REVIEW);
    }

    @Test
    void theSameRecordsProveItWhateverOthersSaid() {
        Change change =
                new TestingStream()
                        .send(10, 40, CERTAIN)
                        .repairs(hints(others("title", "title__c", 0, 2)))
                        .get(0)
                        .proposal()
                        .changes()
                        .get(0);

        assertThat(change.tier()).isEqualTo(Tier.APPLY);
    }

    @Test
    void aPersonOfTheTenantSettlesItWhereTheValuesAreOfTheSameKinds() {
        assertThat(tier(UNCERTAIN, own("accepted", true, NUMBERS))).isEqualTo(Tier.APPLY);
        assertThat(tier(UNCERTAIN, own("accepted", true, Map.of("email", 1.0))))
                .isEqualTo(Tier.REVIEW);
        assertThat(tier(UNCERTAIN, own("accepted", false, NUMBERS))).isEqualTo(Tier.REVIEW);
    }

    @Test
    void whatTheTenantRefusedOrTookBackIsNeverAppliedUnasked() {
        KnownRepair refused = own("rejected", true, NUMBERS);
        KnownRepair others =
                new KnownRepair("chance", "score", "number", 90, 0, "withdrawn", true, NUMBERS);

        assertThat(tier(UNCERTAIN, refused)).isEqualTo(Tier.REVIEW);
        assertThat(tier(UNCERTAIN, others)).isEqualTo(Tier.REVIEW);
    }

    @Test
    void aFieldThatTheEvidenceWouldNotChooseIsFoundByMemory() {
        Consumer<Map<String, Object>> change =
                record -> {
                    Object was = record.remove("owner_id");
                    record.put("other_thing", "x" + record.get("id"));
                    record.put("handler", "n" + was.hashCode());
                };
        assertThat(change(change).after()).containsExactly("other_thing");

        Change known = change(change, others("owner_id", "handler", 9, 0));

        assertThat(known.after()).containsExactly("handler");
        assertThat(known.confidence()).isGreaterThan(0.8);
        assertThat(known.tier()).as("its values look otherwise").isEqualTo(Tier.REVIEW);
    }

    @Test
    void anotherTypeOrAPlaceThatWasThereBeforeIsAnotherChange() {
        KnownRepair text =
                new KnownRepair("chance", "score", "string", 9, 0, null, false, Map.of());

        assertThat(tier(UNCERTAIN, text)).isEqualTo(Tier.REVIEW);
        assertThat(change(UNCERTAIN, others("chance", "billing_city", 90, 0)).after())
                .containsExactly("score");
    }

    @Test
    void moneyNeedsEvidenceFromValuesWhateverIsRemembered() {
        Consumer<Map<String, Object>> money =
                record -> {
                    record.put("worth", 9_000_000 + (double) record.remove("amount"));
                    record.put("fee", 9_000_000 + record.get("id").hashCode() % 1000);
                };

        assertThat(tier(money, others("amount", "worth", 90, 0))).isNotEqualTo(Tier.APPLY);
    }

    private static KnownRepair others(String from, String to, int accepted, int against) {
        return new KnownRepair(from, to, null, accepted, against, null, false, Map.of());
    }

    private static KnownRepair own(String verdict, boolean person, Map<String, Double> kinds) {
        return new KnownRepair("chance", "score", "number", 0, 0, verdict, person, kinds);
    }

    private static RepairHints hints(KnownRepair... known) {
        return new RepairHints(List.of(known), List.of());
    }

    private static Tier tier(Consumer<Map<String, Object>> change, KnownRepair... known) {
        return change(change, known).tier();
    }

    /** What becomes of a change in records that were never seen before. */
    private static Change change(Consumer<Map<String, Object>> change, KnownRepair... known) {
        return new TestingStream()
                .send(60, 80, change)
                .repairs(hints(known))
                .get(0)
                .proposal()
                .changes()
                .get(0);
    }
}
