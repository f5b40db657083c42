package io.autonomos.schemas.types;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;

/**
 * A bounded hash table from encoded bytes to what they say: open addressing, a few probes, and when
 * those are taken the newcomer replaces one of them. It starts small and doubles up to its bound.
 */
final class RecentTable<E extends RecentTable.Entry> {

    static final int PROBES = 4;
    static final int MAX_SLOTS = 1 << 15;
    private static final int FIRST_SLOTS = 64;
    private static final Hasher64 HASH = Hashing.komihash5_0();

    /** What the table holds; entries are immutable and own their bytes. */
    abstract static class Entry {
        private final byte[] bytes;
        private final int hash;

        Entry(byte[] bytes) {
            this.bytes = bytes;
            hash = hash(bytes, bytes.length);
        }

        private boolean holds(byte[] others, int length) {
            return Arrays.equals(bytes, 0, bytes.length, others, 0, length);
        }
    }

    private Entry[] slots = new Entry[FIRST_SLOTS];
    private Entry last;
    private int size;
    private int next;

    /** The entry of the first {@code length} bytes, or null. */
    E find(byte[] bytes, int length) {
        // Records of one stream often come one after the other.
        if (last != null && last.holds(bytes, length)) {
            return cast(last);
        }
        int hash = hash(bytes, length);
        for (int probe = 0; probe < PROBES; probe++) {
            Entry entry = slots[(hash + probe) & (slots.length - 1)];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && entry.holds(bytes, length)) {
                last = entry;
                return cast(entry);
            }
        }
        return null;
    }

    void put(E entry) {
        if (size > slots.length / 2 && slots.length < MAX_SLOTS) {
            grow();
        }
        if (!tryPut(entry)) {
            int hash = ((Entry) entry).hash;
            slots[(hash + (next++ & (PROBES - 1))) & (slots.length - 1)] = entry;
        }
        last = entry;
    }

    int size() {
        return size;
    }

    private boolean tryPut(Entry entry) {
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (entry.hash + probe) & (slots.length - 1);
            if (slots[slot] == null) {
                slots[slot] = entry;
                size++;
                return true;
            }
        }
        return false;
    }

    private void grow() {
        Entry[] old = slots;
        slots = new Entry[old.length * 2];
        size = 0;
        for (Entry entry : old) {
            if (entry != null) {
                tryPut(entry);
            }
        }
    }

    @SuppressWarnings("unchecked") // only put() writes, and it takes E
    private E cast(Entry entry) {
        return (E) entry;
    }

    private static int hash(byte[] bytes, int length) {
        return HASH.hashBytesToInt(bytes, 0, length);
    }
}
