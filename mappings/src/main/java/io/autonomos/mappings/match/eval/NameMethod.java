package io.autonomos.mappings.match.eval;

import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * A baseline: compares two names by one measure and takes the best pairs first, one to one. Its
 * measure is its confidence, as it is.
 */
public final class NameMethod implements Method {

    private final String name;
    private final Thresholds thresholds;
    private final ToDoubleBiFunction<String, String> measure;

    /** A baseline by a measure between 0 and 1. */
    public NameMethod(
            String name, Thresholds thresholds, ToDoubleBiFunction<String, String> measure) {
        this.name = name;
        this.thresholds = thresholds;
        this.measure = measure;
    }

    /** The letters and digits of a name, in lower case. */
    public static String normalised(String path) {
        return path.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<FieldDecision> decide(DriftCase drift) {
        SchemaChange change = drift.change();
        double[][] scores = scores(change);
        int[] chosen = new int[scores.length];
        double[] confidence = new double[scores.length];
        boolean[] taken = new boolean[change.candidates().size()];
        Arrays.fill(chosen, -1);
        for (int round = 0; round < Math.min(chosen.length, taken.length); round++) {
            int bestRow = -1;
            int bestColumn = -1;
            for (int i = 0; i < scores.length; i++) {
                for (int j = 0; j < taken.length && chosen[i] < 0; j++) {
                    boolean better = bestRow < 0 || scores[i][j] > scores[bestRow][bestColumn];
                    if (!taken[j] && better) {
                        bestRow = i;
                        bestColumn = j;
                    }
                }
            }
            chosen[bestRow] = bestColumn;
            confidence[bestRow] = scores[bestRow][bestColumn];
            taken[bestColumn] = true;
        }
        return decisions(change, chosen, confidence);
    }

    private List<FieldDecision> decisions(SchemaChange change, int[] chosen, double[] confidence) {
        List<FieldDecision> decisions = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            decisions.add(
                    new FieldDecision(
                            change.gone().get(i).path(),
                            chosen[i] < 0 ? null : change.candidates().get(chosen[i]).path(),
                            confidence[i],
                            thresholds.tier(confidence[i]),
                            List.of(),
                            Map.of()));
        }
        return decisions;
    }

    @Override
    public double[][] scores(SchemaChange change) {
        List<SchemaField> gone = change.gone();
        List<SchemaField> candidates = change.candidates();
        double[][] scores = new double[gone.size()][candidates.size()];
        for (int i = 0; i < gone.size(); i++) {
            for (int j = 0; j < candidates.size(); j++) {
                double score = measure.applyAsDouble(gone.get(i).path(), candidates.get(j).path());
                scores[i][j] = Math.min(1, Math.max(0, score));
            }
        }
        return scores;
    }
}
