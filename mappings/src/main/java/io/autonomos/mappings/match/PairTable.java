package io.autonomos.mappings.match;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All pairs of a change with their evidence, first each by itself, then in competition: who else
 * wants the field, and how many pairs are made by the same rule.
 */
public final class PairTable {

    private static final double STRONG = 0.5;
    private static final double UNLIKELY = 0.15;

    /** The log odds from which on a pair competes with others. */
    private static final double NOBODY = -1.5;

    private static final double CLEAR = 3;

    /** The log odds of a pair that is out of the question. */
    static final double NOTHING = -20;

    private final SchemaChange change;
    private final double[][][] evidence;
    private final String[][] rules;
    private final String[][] parents;
    private final Set<String> gonePaths = new HashSet<>();
    private final Set<String> candidatePaths = new HashSet<>();

    /** Collects the evidence of each pair by itself. */
    public PairTable(SchemaChange change) {
        this.change = change;
        Names names = new Names(change, Vocabulary.shipped());
        PairEvidence pairs = new PairEvidence(change, names);
        List<SchemaField> gone = change.gone();
        List<SchemaField> candidates = change.candidates();
        gone.forEach(field -> gonePaths.add(field.path()));
        candidates.forEach(field -> candidatePaths.add(field.path()));
        evidence = new double[gone.size()][candidates.size()][];
        rules = new String[gone.size()][candidates.size()];
        parents = new String[gone.size()][candidates.size()];
        for (int i = 0; i < gone.size(); i++) {
            for (int j = 0; j < candidates.size(); j++) {
                FieldName b = names.before(gone.get(i).path());
                FieldName a = names.after(candidates.get(j).path());
                evidence[i][j] = pairs.of(gone.get(i), candidates.get(j));
                rules[i][j] = new Alignment(names, b.meanings(), a.meanings(), false).rule();
                parents[i][j] = b.parent() + ">" + a.parent();
            }
        }
    }

    /** The change. */
    public SchemaChange change() {
        return change;
    }

    /** The evidence of a pair, by {@link Feature#index}. */
    public double[] evidence(int gone, int candidate) {
        return evidence[gone][candidate];
    }

    /** How many fields are gone. */
    public int rows() {
        return evidence.length;
    }

    /** How many candidates there are. */
    public int columns() {
        return rows() == 0 ? 0 : evidence[0].length;
    }

    /** Fills in the evidence of competition, from the first model's log odds of each pair. */
    public void compete(double[][] first) {
        int[] assigned = Assignment.best(worth(first));
        Map<String, Double> ruleSupport = support(rules, first);
        Map<String, Double> parentSupport = support(parents, first);
        double[] rowOdds = new double[rows()];
        double[] columnOdds = new double[columns()];
        sumOdds(first, rowOdds, columnOdds);
        double[] best = new double[rows()];
        double atHome = 0;
        for (int i = 0; i < rows(); i++) {
            best[i] = Numeric.sigmoid(Arrays.stream(first[i]).max().orElse(NOTHING));
            atHome += best[i];
        }
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                double[] f = evidence[i][j];
                double score = first[i][j];
                double p = Numeric.sigmoid(score);
                double otherAfter = bestInRow(first, i, j);
                double otherBefore = bestInColumn(first, i, j);
                f[Feature.FIRST_SCORE.index()] = score;
                f[Feature.RANK.index()] = rank(first[i], j);
                f[Feature.MARGIN_BEFORE.index()] = Math.min(CLEAR, score - otherAfter);
                f[Feature.MARGIN_AFTER.index()] = Math.min(CLEAR, score - otherBefore);
                f[Feature.MUTUAL_BEST.index()] =
                        score >= otherAfter && score >= otherBefore ? 1 : 0;
                f[Feature.ASSIGNED.index()] = assigned[i] == j ? 1 : 0;
                double rule = ruleSupport.get(rules[i][j]) - p;
                f[Feature.RULE_SUPPORT.index()] = Math.log1p(Math.max(0, rule));
                f[Feature.RULE_SHARE.index()] = Math.max(0, rule) / Math.max(1, rows() - 1);
                double leaf =
                        Math.min(
                                f[Feature.LEAF_COVER_BEFORE.index()],
                                f[Feature.LEAF_COVER_AFTER.index()]);
                double parent = parentSupport.get(parents[i][j]) - p;
                f[Feature.PARENT_RULE.index()] =
                        leaf * Math.max(0, parent) / Math.max(1, rows() - 1);
                double odds = Math.exp(score);
                f[Feature.SHARE_BEFORE.index()] = odds / (1 + rowOdds[i]);
                f[Feature.SHARE_AFTER.index()] = odds / (1 + columnOdds[j]);
                f[Feature.COHERENCE.index()] = coherence(atHome - best[i]);
                f[Feature.NAMESAKE.index()] = namesake(i, j);
                f[Feature.WANTED.index()] = wanted(first, i, j);
            }
        }
    }

    /** The share of the other fields of the old schema that stayed or likely have a partner. */
    private double coherence(double partnered) {
        int all = change.before().size();
        return (partnered + all - rows()) / Math.max(1, all - 1);
    }

    private static void sumOdds(double[][] logOdds, double[] rows, double[] columns) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                double odds = Math.exp(logOdds[i][j]);
                rows[i] += odds;
                columns[j] += odds;
            }
        }
    }

    /**
     * The log odds of each pair when at most one pair of each field is right: all pairs that share
     * a field with it count against it.
     */
    static double[][] exclusive(double[][] logOdds) {
        int rows = logOdds.length;
        int columns = rows == 0 ? 0 : logOdds[0].length;
        double[] rowOdds = new double[rows];
        double[] columnOdds = new double[columns];
        sumOdds(logOdds, rowOdds, columnOdds);
        double[][] exclusive = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double odds = Math.exp(logOdds[i][j]);
                double others = rowOdds[i] + columnOdds[j] - 2 * odds;
                exclusive[i][j] = logOdds[i][j] - Math.log1p(Math.max(0, others));
            }
        }
        return exclusive;
    }

    /** 1 when either field still has a namesake on the other side that is not this one. */
    private double namesake(int i, int j) {
        String b = change.gone().get(i).path();
        String a = change.candidates().get(j).path();
        if (b.equals(a)) {
            return 0;
        }
        return (candidatePaths.contains(b) ? 1 : 0) + (gonePaths.contains(a) ? 1 : 0);
    }

    private static double[][] worth(double[][] logOdds) {
        double[][] worth = new double[logOdds.length][];
        for (int i = 0; i < logOdds.length; i++) {
            worth[i] = new double[logOdds[i].length];
            for (int j = 0; j < logOdds[i].length; j++) {
                double p = Numeric.sigmoid(logOdds[i][j]);
                worth[i][j] = p < UNLIKELY ? 0 : p;
            }
        }
        return worth;
    }

    /** For each rule: how many fields of the old schema it gives a partner, by probability. */
    private Map<String, Double> support(String[][] keys, double[][] first) {
        Map<String, Double> sums = new HashMap<>();
        for (int i = 0; i < rows(); i++) {
            Map<String, Double> best = new HashMap<>();
            for (int j = 0; j < columns(); j++) {
                best.merge(keys[i][j], Numeric.sigmoid(first[i][j]), Math::max);
            }
            best.forEach((key, p) -> sums.merge(key, p, Double::sum));
        }
        return sums;
    }

    private static double bestInRow(double[][] first, int i, int but) {
        double best = NOBODY;
        for (int j = 0; j < first[i].length; j++) {
            best = j == but ? best : Math.max(best, first[i][j]);
        }
        return best;
    }

    private static double bestInColumn(double[][] first, int but, int j) {
        double best = NOBODY;
        for (int i = 0; i < first.length; i++) {
            best = i == but ? best : Math.max(best, first[i][j]);
        }
        return best;
    }

    private static double rank(double[] row, int j) {
        double better = 0;
        for (double other : row) {
            better += other > row[j] ? 1 : 0;
        }
        return better;
    }

    /** How many other fields of the old schema fit this candidate well. */
    private static double wanted(double[][] first, int but, int j) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            double p = Numeric.sigmoid(first[i][j]);
            sum += i != but && p > STRONG ? 1 : 0;
        }
        return sum;
    }
}
