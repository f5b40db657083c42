package io.autonomos.mappings.scan;

import java.util.Arrays;

/**
 * The members of the last record that no mapping names, as slices of its bytes, in order, with the
 * objects that enclose them.
 */
public final class Extras {

    /** An object begins; start and end span its name and the opening brace is left out. */
    public static final int OPEN = -2;

    /** The innermost object ends. */
    public static final int CLOSE = -3;

    /** A member that belongs to extras in any case. */
    public static final int ALWAYS = -1;

    private static final int GONE = -4;

    private int count;
    private int[] start = new int[64];
    private int[] end = new int[64];
    private int[] kind = new int[64];
    private PathNode[] node = new PathNode[64];

    void clear() {
        count = 0;
    }

    void member(int from, int to, int slot, PathNode of) {
        add(from, to, slot, of);
    }

    void open(int from, int to, PathNode of) {
        add(from, to, OPEN, of);
    }

    void close() {
        add(0, 0, CLOSE, null);
    }

    /** Takes back what was noted for an earlier member of the same name. */
    void forget(PathNode of) {
        for (int i = count - 1; i >= 0; i--) {
            if (node[i] == of && kind[i] != GONE) {
                int open = kind[i] == OPEN ? 1 : 0;
                kind[i] = GONE;
                for (int j = i + 1; open > 0; j++) {
                    open += kind[j] == OPEN ? 1 : kind[j] == CLOSE ? -1 : 0;
                    kind[j] = GONE;
                }
                return;
            }
        }
    }

    private void add(int from, int to, int what, PathNode of) {
        if (count == start.length) {
            start = Arrays.copyOf(start, 2 * count);
            end = Arrays.copyOf(end, 2 * count);
            kind = Arrays.copyOf(kind, 2 * count);
            node = Arrays.copyOf(node, 2 * count);
        }
        start[count] = from;
        end[count] = to;
        kind[count] = what;
        node[count++] = of;
    }

    /** How many pieces there are. */
    public int size() {
        return count;
    }

    /** {@link #OPEN}, {@link #CLOSE}, {@link #ALWAYS}, a slot's number, or less than CLOSE: skip. */
    public int kind(int piece) {
        return kind[piece];
    }

    public int start(int piece) {
        return start[piece];
    }

    public int end(int piece) {
        return end[piece];
    }
}
