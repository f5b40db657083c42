package io.autonomos.mappings.match.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * What a set of outcomes amounts to. Precision counts every decision at or above a confidence,
 * those on retyped fields too; coverage is the share of true renames found at or above it.
 */
public final class Scores {

    private static final int BINS = 10;

    private final List<Outcome> outcomes;

    /** The scores of the outcomes. */
    public Scores(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /** How many decisions there are. */
    public int decisions() {
        return outcomes.size();
    }

    /** How many of them are about a field that was renamed. */
    public long renames() {
        return outcomes.stream().filter(Outcome::renamed).count();
    }

    /** How many decisions are at or above the confidence. */
    public long taken(double confidence) {
        return outcomes.stream().filter(o -> o.confidence() >= confidence).count();
    }

    /** How many decisions at or above the confidence are wrong. */
    public long wrong(double confidence) {
        return outcomes.stream().filter(o -> o.confidence() >= confidence && !o.right()).count();
    }

    /** The share of decisions at or above the confidence that are right; 1 when there are none. */
    public double precision(double confidence) {
        long taken = taken(confidence);
        return taken == 0 ? 1 : 1 - (double) wrong(confidence) / taken;
    }

    /** The share of true renames that are found at or above the confidence. */
    public double coverage(double confidence) {
        long found =
                outcomes.stream()
                        .filter(o -> o.renamed() && o.right() && o.confidence() >= confidence)
                        .count();
        return renames() == 0 ? 1 : (double) found / renames();
    }

    /** How far confidence and frequency are apart, over ten bins of equal width. */
    public double calibrationError() {
        double[] confidence = new double[BINS];
        double[] right = new double[BINS];
        for (Outcome outcome : outcomes) {
            int bin = Math.min(BINS - 1, (int) (outcome.confidence() * BINS));
            confidence[bin] += outcome.confidence();
            right[bin] += outcome.right() ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(confidence[bin] - right[bin]);
        }
        return outcomes.isEmpty() ? 0 : error / outcomes.size();
    }

    /** The greatest coverage that any confidence gives at a precision. */
    public double coverageAt(double precision) {
        return coverage(thresholdFor(precision));
    }

    /** The least confidence from which on the precision holds; above 1 when none does. */
    public double thresholdFor(double precision) {
        List<Outcome> sorted = new ArrayList<>(outcomes);
        sorted.sort((a, b) -> Double.compare(b.confidence(), a.confidence()));
        double threshold = 2;
        int wrong = 0;
        for (int i = 0; i < sorted.size(); i++) {
            wrong += sorted.get(i).right() ? 0 : 1;
            boolean last =
                    i + 1 == sorted.size()
                            || sorted.get(i + 1).confidence() < sorted.get(i).confidence();
            if (last && wrong <= (1 - precision) * (i + 1)) {
                threshold = sorted.get(i).confidence();
            }
        }
        return threshold;
    }
}
