package io.autonomos.schemas;

/**
 * What a raw record that is sent again after it failed says of itself.
 *
 * @param attempt how many tries have failed, at least 1
 * @param firstFailedAt when the first did, epoch milliseconds, or {@link #UNKNOWN}
 */
public record Retry(int attempt, long firstFailedAt) {

    public static final long UNKNOWN = Long.MIN_VALUE;
}
