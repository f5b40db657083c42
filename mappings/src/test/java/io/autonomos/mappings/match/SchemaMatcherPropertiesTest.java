package io.autonomos.mappings.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SchemaMatcherPropertiesTest {

    private final SchemaMatcher matcher = SchemaMatcher.shipped();

    @Property(tries = 60)
    void theOrderOfFieldsHasNoMeaning(
            @ForAll("schemas") List<SchemaField> before,
            @ForAll("schemas") List<SchemaField> after,
            @ForAll Random random) {
        List<SchemaField> beforeMixed = new ArrayList<>(before);
        List<SchemaField> afterMixed = new ArrayList<>(after);
        Collections.shuffle(beforeMixed, random);
        Collections.shuffle(afterMixed, random);

        List<FieldDecision> mixed =
                matcher.decide(new SchemaChange("deals", beforeMixed, afterMixed));

        assertThat(mixed).isEqualTo(matcher.decide(new SchemaChange("deals", before, after)));
    }

    @Property(tries = 60)
    void eachFieldThatIsGoneOrRetypedHasOneDecisionAndPartnersAreCandidates(
            @ForAll("schemas") List<SchemaField> before,
            @ForAll("schemas") List<SchemaField> after) {
        SchemaChange change = new SchemaChange("deals", before, after);

        List<FieldDecision> decisions = matcher.decide(change);

        assertThat(decisions)
                .extracting(FieldDecision::before)
                .containsExactlyElementsOf(change.gone().stream().map(SchemaField::path).toList());
        List<String> candidates = change.candidates().stream().map(SchemaField::path).toList();
        assertThat(decisions)
                .allSatisfy(
                        each -> {
                            assertThat(each.confidence()).isBetween(0.0, 1.0);
                            if (each.after() == null) {
                                assertThat(candidates).isEmpty();
                            } else {
                                assertThat(candidates).contains(each.after());
                            }
                        });
    }

    @Property(tries = 60)
    void noTwoFieldsAreGivenTheSamePartnerUnasked(
            @ForAll("schemas") List<SchemaField> before,
            @ForAll("schemas") List<SchemaField> after) {
        List<String> applied =
                matcher.decide(new SchemaChange("deals", before, after)).stream()
                        .filter(each -> each.tier() == Tier.APPLY)
                        .map(FieldDecision::after)
                        .toList();

        assertThat(applied).doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void anyNameIsTakenApart(@ForAll String path) {
        SchemaField field = SchemaField.of(path, "string");

        assertThat(matcher.decide(new SchemaChange(path, List.of(field), List.of()))).hasSize(1);
        SchemaField other = SchemaField.of(path + "x", "string");
        assertThat(matcher.decide(new SchemaChange("", List.of(field), List.of(other)))).hasSize(1);
    }

    @Provide
    Arbitrary<List<SchemaField>> schemas() {
        Arbitrary<String> word =
                Arbitraries.of(
                        "id", "name", "owner", "amount", "created", "at", "billing", "city", "is",
                        "active", "email", "Value", "Total", "stage", "cf", "x9");
        Arbitrary<String> path =
                word.list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .flatMap(
                                words ->
                                        Arbitraries.of("_", ".", "")
                                                .map(separator -> String.join(separator, words)));
        Arbitrary<String> type = Arbitraries.of("string", "integer", "timestamp", "unknown");
        Arbitrary<String> value = Arbitraries.of("1", "a@example.com", "2024-01-01", "open", "");
        return path.flatMap(p -> type.flatMap(t -> value.map(v -> SchemaField.of(p, t, v))))
                .list()
                .ofMaxSize(12)
                .uniqueElements(SchemaField::path);
    }
}
