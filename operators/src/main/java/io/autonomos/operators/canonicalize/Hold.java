package io.autonomos.operators.canonicalize;

import io.autonomos.schemas.ParkedRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the records of one stream that wait: their ids, what they have lost, and how far
 * their release is. The records themselves are in {@link ParkedRecords}.
 */
final class Hold {

    private static final int OBSERVED_EACH = 64;

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Long> lostBy = new HashMap<>();
    private final Set<String> staying = new HashSet<>();
    private final int confirmRecords;
    private final long since;
    private long count;
    private long bytes;
    private long first;
    private long next;
    private long passed;
    private long drifted;
    private long silent;
    private long observed;
    private boolean confirmed;
    private boolean draining;
    private boolean passesAll;
    private long drainAt;

    /**
     * A hold without records.
     *
     * @param confirmRecords so many records must have lost a field
     * @param since when its first record came, epoch milliseconds
     */
    Hold(int confirmRecords, long since) {
        this.confirmRecords = confirmRecords;
        this.since = since;
    }

    /** A record waited under this number when the job stopped; in any order. */
    void restore(long number, ParkedRecord record) {
        first = count == 0 ? number : Math.min(first, number);
        long last = Math.max(next, number + 1);
        add(record);
        next = last;
        lost(record.lost(), false);
    }

    /** The number that the next record gets. */
    long next() {
        return next;
    }

    /** A record waits from now on, under the number {@link #next}. */
    void add(ParkedRecord record) {
        next++;
        count++;
        bytes += size(record);
        if (record.recordId() != null) {
            ids.merge(record.recordId(), 1, Integer::sum);
        }
    }

    /** A record no longer waits. */
    void remove(ParkedRecord record) {
        count--;
        bytes -= size(record);
        if (record.recordId() != null) {
            ids.computeIfPresent(record.recordId(), (id, n) -> n == 1 ? null : n - 1);
        }
    }

    /** How many bytes of the limit it takes. */
    static long size(ParkedRecord record) {
        byte[] original = record.record().original();
        return (long) record.record().value().length + (original == null ? 0 : original.length);
    }

    /** Whether an earlier record of this id waits. */
    boolean holds(String recordId) {
        return recordId != null && ids.containsKey(recordId);
    }

    /**
     * A record came that has lost these.
     *
     * @param loud whether it would be a dead letter or tell of each of them in a change note, so
     *     that nothing would go missing silently if it went on
     */
    void lost(List<String> fields, boolean loud) {
        if (fields.isEmpty()) {
            return;
        }
        drifted++;
        silent += loud ? 0 : 1;
        for (String field : fields) {
            confirmed |= lostBy.merge(field, 1L, Long::sum) >= confirmRecords;
        }
    }

    /** A record came that passed. */
    void passed() {
        passed++;
    }

    /** Whether the detecting stage should see one more record that has lost these. */
    boolean isWorthObserving(List<String> fields) {
        boolean rare = fields.stream().anyMatch(field -> lostBy.get(field) <= confirmRecords);
        observed++;
        return rare || observed <= OBSERVED_EACH || Long.bitCount(observed) == 1;
    }

    /** Whether enough records lost something that it is no odd record. */
    boolean isConfirmed() {
        return confirmed;
    }

    /**
     * After a time to wait: whether it is drift. Too few records to tell are taken for odd ones
     * where nothing goes missing silently.
     *
     * @param share which share of the records must have lost something
     */
    boolean decide(double share) {
        boolean can = canDecide() || silent > 0;
        confirmed |= can && drifted >= share * (drifted + passed);
        return confirmed;
    }

    /** Whether enough records came to tell drift from an odd record. */
    boolean canDecide() {
        return drifted + passed >= confirmRecords;
    }

    /** When its first record came, epoch milliseconds. */
    long since() {
        return since;
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** The number of the oldest record; it may no longer be there. */
    long first() {
        return first;
    }

    /** The oldest record is gone. */
    void skipFirst() {
        first++;
    }

    /** Tries all records that wait again, in order. */
    void drain() {
        draining = true;
        drainAt = first;
        staying.clear();
    }

    /** Lets all records pass, whatever they have lost. */
    void passAll() {
        passesAll = true;
        drain();
    }

    boolean passesAll() {
        return passesAll;
    }

    boolean isDraining() {
        return draining;
    }

    /** The number of the next record to try, or -1 at the end. */
    long nextToTry() {
        if (drainAt < next) {
            return drainAt++;
        }
        draining = false;
        return -1;
    }

    /** A tried record goes on waiting. */
    void stays(ParkedRecord record) {
        if (record.recordId() != null) {
            staying.add(record.recordId());
        }
    }

    /** Whether an earlier record of its id goes on waiting. */
    boolean isBehind(ParkedRecord record) {
        return record.recordId() != null && staying.contains(record.recordId());
    }
}
