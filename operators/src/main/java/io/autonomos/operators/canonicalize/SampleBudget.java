package io.autonomos.operators.canonicalize;

/** So many samples a second, of which some can be saved up for a burst. */
final class SampleBudget {

    private static final int BURST_SECONDS = 60;

    private final double perMilli;
    private final double most;
    private double left;
    private long last;

    SampleBudget(int perSecond) {
        perMilli = perSecond / 1_000.0;
        most = (double) BURST_SECONDS * perSecond;
        left = most;
    }

    /** Whether there is one more at this time, epoch milliseconds. */
    boolean take(long now) {
        left = Math.min(most, left + perMilli * Math.max(0, now - last));
        last = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
