package io.autonomos.mappings.scan;

import io.autonomos.schemas.Fingerprint;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One path of the records that a plan has seen, with what to do when a value stands there.
 *
 * <p>The nodes form a trie that starts with the mapped paths and learns the others, up to a bound.
 * Each remembers which name followed it last time, so that a record of a known shape is matched by
 * comparing bytes, without hashing a name.
 */
final class PathNode {

    /** Neither this path nor one below it is mapped: the value goes to extras as it stands. */
    static final byte COPY = 0;

    /** A path below is mapped: look inside. */
    static final byte DESCEND = 1;

    /** Mapped, or to be left out: not in extras. */
    static final byte DROP = 2;

    private static final PathNode[] NO_NODES = {};
    private static final long SEED = new SplittableRandom().nextLong();

    final byte[] name;

    /** The name in quotes and a colon, as it begins a member where nothing needs an escape. */
    final byte[] prefix;

    final long path;

    /** By JSON type, the two halves of the hash of this path with that type. */
    final long[] pairs = new long[2 * Fingerprint.TYPES];

    /** The node that stands for this path in the shape; differs for an array element by index. */
    final PathNode shape;

    int slot = -1;
    byte role = COPY;

    PathNode first;
    PathNode next;
    PathNode element;
    PathNode[] indexed = NO_NODES;

    /** The record that this path was seen in last, with which types, and in which object. */
    int seenEpoch;

    int seenTypes;
    long seenObject;

    private PathNode[] table = NO_NODES;
    private int children;

    private PathNode(byte[] name, long path, PathNode shape) {
        this.name = name;
        prefix = new byte[name.length + 3];
        prefix[0] = '"';
        System.arraycopy(name, 0, prefix, 1, name.length);
        prefix[name.length + 1] = '"';
        prefix[name.length + 2] = ':';
        this.path = path;
        this.shape = shape == null ? this : shape;
        for (int type = 0; type < Fingerprint.TYPES; type++) {
            pairs[2 * type] = Fingerprint.high(path, type);
            pairs[2 * type + 1] = Fingerprint.low(path, type);
        }
    }

    static PathNode root() {
        return new PathNode(new byte[0], Fingerprint.ROOT, null);
    }

    /** The child of that name, or null. */
    PathNode find(byte[] bytes, int from, int to) {
        if (table.length == 0) {
            return null;
        }
        int mask = table.length - 1;
        int length = to - from;
        for (int i = slotOf(bytes, from, to) & mask; ; i = (i + 1) & mask) {
            PathNode node = table[i];
            if (node == null) {
                return null;
            }
            if (node.name.length == length
                    && Arrays.equals(node.name, 0, length, bytes, from, to)) {
                return node;
            }
        }
    }

    /** The child of that name, made when it is new. */
    PathNode child(byte[] bytes, int from, int to) {
        PathNode found = find(bytes, from, to);
        if (found == null) {
            PathNode shapeChild = shape == this ? null : shape.child(bytes, from, to);
            byte[] own = Arrays.copyOfRange(bytes, from, to);
            found = new PathNode(own, Fingerprint.child(path, bytes, from, to), shapeChild);
            insert(found);
        }
        return found;
    }

    /** The node of the elements of the array that stands here. */
    PathNode element() {
        if (element == null) {
            element =
                    new PathNode(
                            name,
                            Fingerprint.element(path),
                            shape == this ? null : shape.element());
        }
        return element;
    }

    /** The node of one element by its index, for a path that names it. */
    PathNode indexed(int index) {
        if (indexed.length <= index) {
            indexed = Arrays.copyOf(indexed, index + 1);
        }
        if (indexed[index] == null) {
            PathNode shared = element();
            indexed[index] = new PathNode(name, shared.path, shared.shape);
        }
        return indexed[index];
    }

    private void insert(PathNode node) {
        if (2 * (children + 1) > table.length) {
            PathNode[] old = table;
            table = new PathNode[Math.max(8, 2 * old.length)];
            for (PathNode each : old) {
                if (each != null) {
                    place(each);
                }
            }
        }
        place(node);
        children++;
    }

    private void place(PathNode node) {
        int mask = table.length - 1;
        int i = slotOf(node.name, 0, node.name.length) & mask;
        while (table[i] != null) {
            i = (i + 1) & mask;
        }
        table[i] = node;
    }

    /** Differs from process to process: nobody can send names that all meet in one place. */
    private static int slotOf(byte[] bytes, int from, int to) {
        long hash = SEED ^ (to - from);
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }
}
