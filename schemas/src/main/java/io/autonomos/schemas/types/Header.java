package io.autonomos.schemas.types;

import io.autonomos.schemas.StreamKey;

/**
 * What many records of a stream have in common: its key, up to four names and a number. It travels
 * as one block, so that a reader which saw the block before has the whole header at once.
 */
public final class Header extends RecentTable.Entry {

    private final StreamKey key;
    private final String first;
    private final String second;
    private final String third;
    private final String fourth;
    private final int number;

    Header(
            byte[] block,
            StreamKey key,
            String first,
            String second,
            String third,
            String fourth,
            int number) {
        super(block);
        this.key = key;
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
        this.number = number;
    }

    public StreamKey key() {
        return key;
    }

    public String first() {
        return first;
    }

    public String second() {
        return second;
    }

    public String third() {
        return third;
    }

    public String fourth() {
        return fourth;
    }

    public int number() {
        return number;
    }
}
