package io.autonomos.mappings.scan;

import java.util.Arrays;

/**
 * The members of the last record that may belong to extras, as slices of its bytes, in order, with
 * the objects that enclose them.
 */
public final class Extras {

    /** A member with its value, or several that stand side by side. */
    public static final int MEMBER = 0;

    /** An object begins; start and end span its name, and the opening brace is left out. */
    public static final int OPEN = 1;

    /** The innermost object ends. */
    public static final int CLOSE = 2;

    private int count;
    private int[] start = new int[64];
    private int[] end = new int[64];
    private int[] kind = new int[64];
    private int[] slot = new int[64];

    void clear() {
        count = 0;
    }

    /** Members that no mapping names are one piece where only a comma stands between them. */
    void member(int from, int to, int ofSlot) {
        int last = count - 1;
        if (ofSlot < 0
                && last >= 0
                && end[last] == from - 1
                && slot[last] < 0
                && kind[last] == MEMBER) {
            end[last] = to;
        } else {
            add(from, to, MEMBER, ofSlot);
        }
    }

    void open(int from, int to, int ofSlot) {
        add(from, to, OPEN, ofSlot);
    }

    void close() {
        add(0, 0, CLOSE, -1);
    }

    /** The object that was opened last has no members: it is a value of its own. */
    void closeEmpty(int to) {
        kind[count - 1] = MEMBER;
        end[count - 1] = to;
    }

    private void add(int from, int to, int what, int ofSlot) {
        if (count == start.length) {
            start = Arrays.copyOf(start, 2 * count);
            end = Arrays.copyOf(end, 2 * count);
            kind = Arrays.copyOf(kind, 2 * count);
            slot = Arrays.copyOf(slot, 2 * count);
        }
        start[count] = from;
        end[count] = to;
        kind[count] = what;
        slot[count++] = ofSlot;
    }

    /** How many pieces there are. */
    public int size() {
        return count;
    }

    /** {@link #MEMBER}, {@link #OPEN} or {@link #CLOSE}. */
    public int kind(int piece) {
        return kind[piece];
    }

    /** The slot of the piece's value, or -1 where no mapping names it. */
    public int slot(int piece) {
        return slot[piece];
    }

    public int start(int piece) {
        return start[piece];
    }

    public int end(int piece) {
        return end[piece];
    }
}
