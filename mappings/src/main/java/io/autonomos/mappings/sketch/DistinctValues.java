package io.autonomos.mappings.sketch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.datasketches.tuple.TupleSketchIterator;
import org.apache.datasketches.tuple.UpdatableSketch;
import org.apache.datasketches.tuple.UpdatableSketchBuilder;
import org.apache.datasketches.tuple.UpdatableSummary;

/**
 * Which values a field has, by their hashes: all of them while they are few, then a theta sketch of
 * bounded size, from which their number and what two fields share can still be told.
 *
 * <p>Each entry holds the key that made it, so that a sketch can be made again of what was written.
 * The library's own bytes are not used: reading them needs its memory module, which refuses to run
 * on a newer JDK than it knows.
 */
public final class DistinctValues {

    /** From nearly twice as many values on, only as many as this are kept. */
    private static final int NOMINAL = 256;

    private final UpdatableSketch<Long, Key> sketch;

    /** An empty sketch. */
    public DistinctValues() {
        this(1);
    }

    private DistinctValues(float kept) {
        sketch =
                new UpdatableSketchBuilder<Long, Key>(Key::new)
                        .setNominalEntries(NOMINAL)
                        .setSamplingProbability(kept)
                        .build();
    }

    /** Adds the hash of a value; tells whether it was new, which is sure while all are known. */
    public boolean add(long key) {
        int known = sketch.getRetainedEntries();
        sketch.update(key, key);
        return sketch.getRetainedEntries() > known;
    }

    /** About how many different values were added; exact where {@link #isComplete} says so. */
    public double count() {
        return sketch.getEstimate();
    }

    /** Whether every value that was added is still known. */
    public boolean isComplete() {
        return sketch.getThetaLong() == Long.MAX_VALUE;
    }

    /** What is kept, to be compared with others. */
    public ValueHashes hashes() {
        long[] hashes = new long[sketch.getRetainedEntries()];
        TupleSketchIterator<Key> entries = sketch.iterator();
        for (int i = 0; entries.next(); i++) {
            hashes[i] = entries.getHash();
        }
        Arrays.sort(hashes);
        return new ValueHashes(hashes, sketch.getThetaLong());
    }

    /** Writes it, in no more than 2 KB. */
    public void write(DataOutput out) throws IOException {
        sketch.trim();
        out.writeFloat(kept());
        out.writeShort(sketch.getRetainedEntries());
        TupleSketchIterator<Key> entries = sketch.iterator();
        while (entries.next()) {
            out.writeLong(entries.getSummary().key);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static DistinctValues read(DataInput in) throws IOException {
        DistinctValues values = new DistinctValues(in.readFloat());
        for (int i = in.readShort(); i > 0; i--) {
            values.add(in.readLong());
        }
        return values;
    }

    /** The bound of the hashes, rounded up, so that no entry is left out when it is read. */
    private float kept() {
        float near = (float) sketch.getTheta();
        return near < sketch.getTheta() ? Math.nextUp(near) : near;
    }

    /** Values of which others are missing; how many, nobody knows any more. */
    public static DistinctValues incomplete() {
        return new DistinctValues(Math.nextDown(1.0f));
    }

    /** The key that an entry was made of. */
    private static final class Key implements UpdatableSummary<Long> {

        private long key;

        @Override
        public Key update(Long value) {
            key = value;
            return this;
        }

        @Override
        public Key copy() {
            return new Key().update(key);
        }

        @Override
        public byte[] toByteArray() {
            throw new UnsupportedOperationException("A sketch is written by write().");
        }
    }
}
