package io.autonomos.schemas.types;

/**
 * A bounded hash table of recently used entries: open addressing, a few probes, and when those are
 * taken the newcomer replaces one of them. It starts small and doubles up to its bound.
 */
final class RecentTable<E extends RecentTable.Entry> {

    static final int PROBES = 4;
    static final int MAX_SLOTS = 1 << 14;
    private static final int FIRST_SLOTS = 64;

    /** What the table holds; entries are immutable. */
    abstract static class Entry {
        final int hash;

        Entry(int hash) {
            this.hash = hash;
        }
    }

    private Entry[] slots = new Entry[FIRST_SLOTS];
    private int size;
    private int next;

    /** The entry at a probe of the hash, or null; after a null no later probe holds the hash. */
    @SuppressWarnings("unchecked") // only put() writes, and it takes E
    E at(int hash, int probe) {
        return (E) slots[(hash + probe) & (slots.length - 1)];
    }

    void put(E entry) {
        if (size > slots.length / 2 && slots.length < MAX_SLOTS) {
            grow();
        }
        if (!tryPut(entry)) {
            slots[(entry.hash + (next++ & (PROBES - 1))) & (slots.length - 1)] = entry;
        }
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
}
