package io.autonomos.mappings.match;

import java.util.List;

/**
 * A sum of small decision trees over evidence, as log odds.
 *
 * <p>A tree is kept as arrays: node {@code i} asks whether feature {@code feature[i]} is at most
 * {@code threshold[i]} and goes to {@code left[i]} or the node after it; a leaf has feature -1 and
 * its value as threshold.
 *
 * @param base the log odds before any evidence
 * @param trees the trees
 */
public record BoostedTrees(double base, List<Tree> trees) {

    /** One tree. */
    public record Tree(int[] feature, double[] threshold, int[] left) {

        double value(double[] evidence) {
            int at = 0;
            while (feature[at] >= 0) {
                at = evidence[feature[at]] <= threshold[at] ? left[at] : left[at] + 1;
            }
            return threshold[at];
        }
    }

    /** The log odds that the evidence gives. */
    public double logOdds(double[] evidence) {
        double sum = base;
        for (Tree tree : trees) {
            sum += tree.value(evidence);
        }
        return sum;
    }

    /** The probability that the evidence gives. */
    public double probability(double[] evidence) {
        return Numeric.sigmoid(logOdds(evidence));
    }
}
