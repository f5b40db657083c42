package io.autonomos.mappings.match;

/**
 * Turns a score into the share of pairs of that score that were right, out of fold: a line in log
 * odds, with bounds, since no sample of this size shows more certainty than they say.
 *
 * @param slope the slope in log odds; not negative, so that the order of scores stays
 * @param offset the offset in log odds
 * @param least the least confidence given
 * @param most the greatest confidence given
 */
public record Calibration(double slope, double offset, double least, double most) {

    /** Scores as they are. */
    public static final Calibration NONE = new Calibration(1, 0, 0, 1);

    /** The score on the line, without bounds. */
    public double logOdds(double logOdds) {
        return slope * logOdds + offset;
    }

    /** The confidence of a score. */
    public double confidence(double logOdds) {
        return Math.min(most, Math.max(least, Numeric.sigmoid(logOdds(logOdds))));
    }
}
