package io.autonomos.schemas.types;

import io.autonomos.schemas.StreamKey;
import java.util.Objects;

/**
 * What many records of a stream have in common: its key, up to four names and a number. It travels
 * as one block, so that a reader which saw the block before takes the whole header from its cache.
 */
record Header(StreamKey key, String first, String second, String third, String fourth, int number) {

    /** The same for equal parts, without building a header to ask for it. */
    static int hash(
            StreamKey key, String first, String second, String third, String fourth, int number) {
        int hash = key.hashCode();
        hash = 31 * hash + Objects.hashCode(first);
        hash = 31 * hash + Objects.hashCode(second);
        hash = 31 * hash + Objects.hashCode(third);
        hash = 31 * hash + Objects.hashCode(fourth);
        hash = (31 * hash + number) * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    boolean holds(StreamKey otherKey, String a, String b, String c, String d, int otherNumber) {
        return number == otherNumber
                && key.equals(otherKey)
                && Objects.equals(first, a)
                && Objects.equals(second, b)
                && Objects.equals(third, c)
                && Objects.equals(fourth, d);
    }
}
