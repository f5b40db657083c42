package io.autonomos.mappings.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.autonomos.mappings.match.SameRecordValues.Agreement;
import io.autonomos.schemas.messages.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ValueTwinsTest {

    private static final String[] TEXTS = {"Subject", "Status", "Group", "Priority", "Assignee"};

    @Test
    void twinsWhoseNewNamesTellNothingAreAsked() {
        assertThat(decide(List.of("title", "raw_title"), List.of("cf_81", "cf_94")).values())
                .extracting(FieldDecision::tier)
                .doesNotContain(Tier.APPLY);
    }

    @Test
    void aFieldWithTwoNewPlacesOfItsValuesIsAsked() {
        assertThat(decide(List.of("title"), List.of("cf_81", "cf_94")).get("title").tier())
                .isNotEqualTo(Tier.APPLY);
    }

    @Test
    void twinsOfWhichTheOneIsSpelledLikeTheOtherOnesPartnerAreNotConfused() {
        Map<String, FieldDecision> decisions =
                decide(List.of("title", "raw_title"), List.of("title_raw", "cf_6942258"));

        assertThat(decisions.get("raw_title").after()).isEqualTo("title_raw");
        assertThat(decisions.get("title").after()).isEqualTo("cf_6942258");
    }

    @Test
    void twinsThatTheirNamesTellApartAreApplied() {
        Map<String, FieldDecision> decisions =
                decide(
                        List.of("title", "raw_title", "title_in_portal"),
                        List.of("ttl_in_prtl", "raw_title__c", "TITLE"));

        assertThat(decisions.values()).extracting(FieldDecision::tier).containsOnly(Tier.APPLY);
        assertThat(decisions.get("title").after()).isEqualTo("TITLE");
        assertThat(decisions.get("raw_title").after()).isEqualTo("raw_title__c");
        assertThat(decisions.get("title_in_portal").after()).isEqualTo("ttl_in_prtl");
    }

    @Test
    void aFieldWithoutTwinIsAppliedUnderANameThatTellsNothing() {
        FieldDecision decision = decide(List.of("title"), List.of("cf_6942258")).get("title");

        assertThat(decision.tier()).isEqualTo(Tier.APPLY);
    }

    @Test
    void aPairIsAsLikelyAsTheAssignmentsThatMakeItAreTogether() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 50; round++) {
            double[][] odds = new double[1 + random.nextInt(4)][1 + random.nextInt(4)];
            for (double[] row : odds) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = 6 * random.nextDouble() - 3;
                }
            }
            double[][] expected = new double[odds.length][odds[0].length];
            double all = enumerate(odds, expected);

            double[][] shares = ValueTwins.among(odds);

            for (int i = 0; i < odds.length; i++) {
                for (int j = 0; j < odds[i].length; j++) {
                    assertThat(shares[i][j]).isCloseTo(expected[i][j] / all, within(1e-9));
                }
            }
        }
    }

    @Test
    void ofManyTwinsNoneIsLikelierThanTheNext() {
        assertThat(ValueTwins.among(new double[3][12])[1]).containsOnly(1.0 / 12);
    }

    /** Adds the weight of each largest assignment to its pairs; returns the sum of all weights. */
    private static double enumerate(double[][] odds, double[][] sums) {
        int rows = odds.length;
        int columns = odds[0].length;
        double all = 0;
        int codes = (int) Math.pow(columns + 1, rows);
        for (int code = 0; code < codes; code++) {
            List<int[]> pairs = new ArrayList<>();
            int taken = 0;
            boolean valid = true;
            for (int i = 0, rest = code; i < rows; i++, rest /= columns + 1) {
                int j = rest % (columns + 1) - 1;
                if (j >= 0) {
                    valid &= (taken & (1 << j)) == 0;
                    taken |= 1 << j;
                    pairs.add(new int[] {i, j});
                }
            }
            if (valid && pairs.size() == Math.min(rows, columns)) {
                double weight = pairs.stream().mapToDouble(p -> odds[p[0]][p[1]]).sum();
                pairs.forEach(p -> sums[p[0]][p[1]] += Math.exp(weight));
                all += Math.exp(weight);
            }
        }
        return all;
    }

    /** What is decided on fields that all hold the same text in each of some known records. */
    private static Map<String, FieldDecision> decide(List<String> gone, List<String> now) {
        List<SchemaField> before = new ArrayList<>();
        List<SchemaField> after = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            before.add(SchemaField.of("other" + i, "string", "x" + i));
            after.add(SchemaField.of("other" + i, "string", "x" + i));
        }
        gone.forEach(name -> before.add(SchemaField.of(name, "string", TEXTS)));
        now.forEach(name -> after.add(SchemaField.of(name, "string", TEXTS)));
        Agreement all = new Agreement(TEXTS.length, TEXTS.length, TEXTS.length);
        SameRecordValues values =
                (b, a) -> gone.contains(b) && now.contains(a) ? all : Agreement.NONE;
        return SchemaMatcher.shipped()
                .decide(new SchemaChange("fields", before, after, values))
                .stream()
                .collect(Collectors.toMap(FieldDecision::before, each -> each));
    }
}
