package io.autonomos.jobs.verify;

/**
 * How many rows there are and the sum of their hashes, which does not depend on their order.
 *
 * @param checksum 32 hexadecimal digits
 */
public record Tally(long count, String checksum) {

    /** No rows. */
    public static final Tally NONE = new Sum().tally();

    /** Adds up rows. */
    static final class Sum {

        private long count;
        private long high;
        private long low;

        void add(RowHash hash) {
            count++;
            high += hash.high();
            low += hash.low();
        }

        Tally tally() {
            return new Tally(count, "%016x%016x".formatted(high, low));
        }
    }
}
