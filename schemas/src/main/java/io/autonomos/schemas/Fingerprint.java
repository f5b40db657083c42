package io.autonomos.schemas;

/**
 * The 128-bit fingerprint of a shape: the sum, over the record's distinct (path, JSON type) pairs,
 * of a hash of the pair. A sum does not depend on order. Array elements share the path of their
 * array followed by {@code []}.
 *
 * <p>The mixing function is the finaliser of MurmurHash3 (Appleby) with Stafford's variant 13
 * constants, applied under two seeds for the two halves.
 */
public record Fingerprint(long high, long low) {

    /** JSON types, as indexes of a pair's hash. */
    public static final int OBJECT = 0;

    public static final int ARRAY = 1;
    public static final int STRING = 2;
    public static final int NUMBER = 3;
    public static final int BOOLEAN = 4;
    public static final int NULL = 5;

    /** How many JSON types there are. */
    public static final int TYPES = 6;

    /** The path of the record itself. */
    public static final long ROOT = 0x9E3779B97F4A7C15L;

    private static final long ELEMENT = 0xD1B54A32D192ED03L;
    private static final long HIGH_SEED = 0xA0761D6478BD642FL;
    private static final long LOW_SEED = 0xE7037ED1A0B428DBL;

    /** The hash of the path one name below {@code parent}; the name as UTF-8 bytes. */
    public static long child(long parent, byte[] name, int from, int to) {
        long hash = parent ^ (to - from) * LOW_SEED;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (name[i] & 0xFF)) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return mix(hash ^ HIGH_SEED);
    }

    /** The hash of the path of the elements of the array at {@code parent}. */
    public static long element(long parent) {
        return mix(parent ^ ELEMENT);
    }

    /** The high half of the pair's hash. */
    public static long high(long path, int type) {
        return mix(path + (type + 1) * HIGH_SEED);
    }

    /** The low half of the pair's hash. */
    public static long low(long path, int type) {
        return mix(path + (type + 1) * LOW_SEED);
    }

    private static long mix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** 32 hexadecimal digits. */
    public String hex() {
        return "%016x%016x".formatted(high, low);
    }
}
