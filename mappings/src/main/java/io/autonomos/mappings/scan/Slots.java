package io.autonomos.mappings.scan;

import java.util.Arrays;

/** Where the values of the mapped paths stand in the last record. */
public final class Slots {

    /** No value was found. */
    public static final int ABSENT = -1;

    private final int[] start;
    private final int[] end;
    private final int[] type;

    Slots(int count) {
        start = new int[count];
        end = new int[count];
        type = new int[count];
    }

    void clear() {
        Arrays.fill(type, ABSENT);
    }

    void set(int slot, int from, int to, int jsonType) {
        start[slot] = from;
        end[slot] = to;
        type[slot] = jsonType;
    }

    /** Where the value's token starts. */
    public int start(int slot) {
        return start[slot];
    }

    /** Where the value's token ends. */
    public int end(int slot) {
        return end[slot];
    }

    /** The JSON type, as in {@link io.autonomos.schemas.Fingerprint}, or {@link #ABSENT}. */
    public int type(int slot) {
        return type[slot];
    }
}
