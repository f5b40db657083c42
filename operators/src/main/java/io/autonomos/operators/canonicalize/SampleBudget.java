package io.autonomos.operators.canonicalize;

/**
 * So many samples a second. What is not taken is saved, up to a minute's worth, for streams that
 * are still being learnt: many may begin at once, while those that are known need no burst.
 */
final class SampleBudget {

    private static final int SAVED_SECONDS = 60;

    private final double perMilli;
    private final double second;
    private final double mostSaved;
    private double left;
    private double saved;
    private long last;

    SampleBudget(int perSecond) {
        perMilli = perSecond / 1_000.0;
        second = perSecond;
        mostSaved = (double) SAVED_SECONDS * perSecond;
        left = second;
        saved = mostSaved;
    }

    /**
     * Whether there is one more at this time.
     *
     * @param now epoch milliseconds
     * @param mayUseSaved whether it is for a stream that is still being learnt
     */
    boolean take(long now, boolean mayUseSaved) {
        left += perMilli * Math.max(0, now - last);
        last = now;
        if (left > second) {
            saved = Math.min(mostSaved, saved + left - second);
            left = second;
        }
        if (left >= 1) {
            left--;
            return true;
        }
        if (!mayUseSaved || saved < 1) {
            return false;
        }
        saved--;
        return true;
    }
}
