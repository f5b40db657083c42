package io.autonomos.mappings.match;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A sum of small decision trees over evidence, as log odds.
 *
 * <p>A tree is kept as arrays: node {@code i} asks whether feature {@code feature[i]} is at most
 * {@code threshold[i]} and goes to {@code left[i]} or the node after it; a leaf has feature -1 and
 * its value as threshold.
 *
 * @param base the log odds before any evidence
 * @param start the feature whose value, as log odds, the trees only correct; -1 for none
 * @param trees the trees
 */
public record BoostedTrees(double base, int start, List<Tree> trees) {

    /** One tree. */
    public static final class Tree {

        private final int[] feature;
        private final double[] threshold;
        private final int[] left;

        /** A tree of these nodes. */
        @JsonCreator
        public Tree(
                @JsonProperty("feature") int[] feature,
                @JsonProperty("threshold") double[] threshold,
                @JsonProperty("left") int[] left) {
            this.feature = feature.clone();
            this.threshold = threshold.clone();
            this.left = left.clone();
        }

        /** For each node the feature it asks for, -1 for a leaf. */
        @JsonProperty
        public int[] feature() {
            return feature.clone();
        }

        /** For each node where it parts, for a leaf its value. */
        @JsonProperty
        public double[] threshold() {
            return threshold.clone();
        }

        /** For each node where it goes at or below its threshold. */
        @JsonProperty
        public int[] left() {
            return left.clone();
        }

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
        double sum = start < 0 ? base : base + evidence[start];
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
