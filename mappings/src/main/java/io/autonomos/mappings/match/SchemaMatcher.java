package io.autonomos.mappings.match;

import io.autonomos.schemas.messages.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds, for each field of a schema that is gone or has another type, the field of the new schema
 * that carries it now, and how sure that is.
 *
 * <p>Holds no state between calls; the same change gives the same decisions, whatever the order of
 * its fields.
 */
public final class SchemaMatcher {

    private static final int OTHERS = 3;

    private final MatchModel model;
    private final Thresholds thresholds;

    /** A matcher with a model and a tenant's thresholds. */
    public SchemaMatcher(MatchModel model, Thresholds thresholds) {
        this.model = model;
        this.thresholds = thresholds;
    }

    /** The matcher of this version, with its thresholds. */
    public static SchemaMatcher shipped() {
        return new SchemaMatcher(MatchModel.shipped(), MatchModel.shipped().thresholds());
    }

    /** One decision for each field that is gone or has another type, by path. */
    public List<FieldDecision> decide(SchemaChange change) {
        PairTable table = new PairTable(change);
        double[][] first = each(table, model.pair());
        table.compete(first);
        double[][] second = each(table, model.competition());
        ValueTwins twins = new ValueTwins(table, second);
        if (twins.any()) {
            table.compete(twins.decided(first));
            second = twins.decided(each(table, model.competition()));
        }
        double[][] scores = PairTable.exclusive(second);
        int[] assigned = assign(scores);
        double[] taken = new double[table.columns()];
        for (int i = 0; i < assigned.length; i++) {
            if (assigned[i] >= 0) {
                taken[assigned[i]] = model.calibration().confidence(scores[i][assigned[i]]);
            }
        }
        Doubts doubts = new Doubts(table);
        List<FieldDecision> decisions = new ArrayList<>();
        for (int i = 0; i < assigned.length; i++) {
            boolean free = assigned[i] >= 0 || table.columns() == 0;
            int chosen = free ? assigned[i] : likeliest(scores[i]);
            // A partner that another field has can be this one's only if it is not the other's.
            double most = free ? 1 : 1 - taken[chosen];
            decisions.add(decision(table, scores[i], i, chosen, most, twins, doubts));
        }
        return decisions;
    }

    /** The log odds of each pair, in competition with the others. */
    public static double[][] score(PairTable table, BoostedTrees pair, BoostedTrees competition) {
        table.compete(each(table, pair));
        return PairTable.exclusive(each(table, competition));
    }

    /** The log odds that a model gives each pair. */
    public static double[][] each(PairTable table, BoostedTrees model) {
        double[][] scores = new double[table.rows()][table.columns()];
        for (int i = 0; i < table.rows(); i++) {
            for (int j = 0; j < table.columns(); j++) {
                scores[i][j] = model.logOdds(table.evidence(i, j));
            }
        }
        return scores;
    }

    /** For each field its partner in the likeliest one-to-one assignment; -1 for none. */
    public static int[] assign(double[][] scores) {
        double[][] worth = new double[scores.length][];
        for (int i = 0; i < scores.length; i++) {
            worth[i] = new double[scores[i].length];
            for (int j = 0; j < scores[i].length; j++) {
                worth[i][j] = Math.log1p(Math.exp(scores[i][j]));
            }
        }
        return Assignment.best(worth);
    }

    /** The greatest of a row's scores. */
    public static int likeliest(double[] row) {
        int best = 0;
        for (int j = 1; j < row.length; j++) {
            best = row[j] > row[best] ? j : best;
        }
        return best;
    }

    private FieldDecision decision(
            PairTable table,
            double[] scores,
            int row,
            int chosen,
            double most,
            ValueTwins twins,
            Doubts doubts) {
        String before = table.change().gone().get(row).path();
        if (chosen < 0) {
            return new FieldDecision(before, null, 0, Tier.REJECT, List.of(), Map.of());
        }
        double any = model.calibration().confidence(scores[chosen]);
        List<FieldDecision.Candidate> others = new ArrayList<>();
        for (int j = 0; j < scores.length; j++) {
            if (j != chosen) {
                String path = table.change().candidates().get(j).path();
                double other =
                        twins.covers(row, j)
                                ? any * twins.share(row, j)
                                : model.calibration().confidence(scores[j]);
                others.add(new FieldDecision.Candidate(path, other));
            }
        }
        others.sort(Comparator.comparingDouble(FieldDecision.Candidate::confidence).reversed());
        double confidence = Math.min(most, any * twins.share(row, chosen));
        if (confidence >= Doubts.LEAST) {
            confidence = Math.min(confidence, doubts.most(row, chosen));
        }
        return new FieldDecision(
                before,
                table.change().candidates().get(chosen).path(),
                confidence,
                thresholds.tier(confidence),
                List.copyOf(others.subList(0, Math.min(OTHERS, others.size()))),
                evidence(table.evidence(row, chosen)));
    }

    private static Map<String, Double> evidence(double[] values) {
        Map<String, Double> evidence = new LinkedHashMap<>();
        for (Feature feature : Feature.values()) {
            evidence.put(feature.name(), values[feature.index()]);
        }
        return evidence;
    }
}
