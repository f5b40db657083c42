package io.autonomos.mappings.match;

/** Log odds and back. */
public final class Numeric {

    private static final double EDGE = 1e-6;

    private Numeric() {}

    /** The probability of log odds. */
    public static double sigmoid(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** The log odds of a probability, finite at both ends. */
    public static double logit(double probability) {
        double p = Math.min(1 - EDGE, Math.max(EDGE, probability));
        return Math.log(p / (1 - p));
    }
}
