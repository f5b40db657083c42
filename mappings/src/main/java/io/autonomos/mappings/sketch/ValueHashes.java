package io.autonomos.mappings.sketch;

/**
 * The hashes that a theta sketch holds, in order: those of all distinct values, or of all below a
 * bound. Two fields are compared where both hold all of them.
 *
 * <p>A wide change compares a million pairs. The library makes a hash table for each (2 to 6
 * microseconds); two ordered lists are walked in a tenth of that.
 */
public final class ValueHashes {

    /** None, and none is missing. */
    public static final ValueHashes NONE = new ValueHashes(new long[0], Long.MAX_VALUE);

    private final long[] ordered;
    private final long bound;

    ValueHashes(long[] ordered, long bound) {
        this.ordered = ordered;
        this.bound = bound;
    }

    /** The share of the values of the one with fewer that the other has too. */
    public double overlap(ValueHashes other) {
        long both = Math.min(bound, other.bound);
        int least = Math.min(below(both), other.below(both));
        return least == 0 ? 0 : (double) common(other) / least;
    }

    /** The share of these values that the other has too. */
    public double shareIn(ValueHashes other) {
        int all = below(Math.min(bound, other.bound));
        return all == 0 ? 0 : (double) common(other) / all;
    }

    /** How many hashes both hold. */
    public int common(ValueHashes other) {
        int common = 0;
        long[] one = ordered;
        long[] two = other.ordered;
        for (int i = 0, j = 0; i < one.length && j < two.length; ) {
            if (one[i] == two[j]) {
                common++;
                i++;
                j++;
            } else if (one[i] < two[j]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    /** How many are held. */
    public int size() {
        return ordered.length;
    }

    private int below(long limit) {
        if (limit >= bound) {
            return ordered.length;
        }
        int count = 0;
        while (count < ordered.length && ordered[count] < limit) {
            count++;
        }
        return count;
    }
}
