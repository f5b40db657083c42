package io.autonomos.operators.canonicalize;

/**
 * So many samples a second. What is not taken is saved, up to three minutes' worth, and a third of
 * each second's is saved before any is taken. Two thirds of what is saved are kept for samples
 * without which a change would go unnoticed: neither streams that begin before others nor known
 * ones, however many, leave nothing for these.
 */
final class SampleBudget {

    /** What a sample is wanted for. */
    enum Need {
        /** A stream that is known: goes by the second, the next one will do as well. */
        ROUTINE,
        /** A stream that is still being learnt: may have what is saved, but not what is kept. */
        LEARNING,
        /** A new shape, or a stream of which too little was shown to see it change. */
        NOTICE
    }

    private static final int SAVED_SECONDS = 180;
    private static final int KEPT_SECONDS = 120;
    private static final double SAVED_FIRST = 1.0 / 3;

    private final double perMilli;
    private final double second;
    private final double mostSaved;
    private final double kept;
    private double left;
    private double saved;
    private long last;

    SampleBudget(int perSecond) {
        perMilli = perSecond / 1_000.0;
        second = perSecond;
        mostSaved = (double) SAVED_SECONDS * perSecond;
        kept = (double) KEPT_SECONDS * perSecond;
        left = second;
        saved = mostSaved;
    }

    /**
     * Whether there is one more at this time.
     *
     * @param now epoch milliseconds
     */
    boolean take(long now, Need need) {
        earn(perMilli * Math.max(0, now - last));
        last = now;
        if (left >= 1) {
            left--;
            return true;
        }
        double untouched = need == Need.NOTICE ? 0 : kept;
        if (need == Need.ROUTINE || saved - 1 < untouched) {
            return false;
        }
        saved--;
        return true;
    }

    private void earn(double samples) {
        double first = Math.min(SAVED_FIRST * samples, mostSaved - saved);
        left += samples - first;
        double over = Math.max(0, left - second);
        left -= over;
        saved = Math.min(mostSaved, saved + first + over);
    }
}
