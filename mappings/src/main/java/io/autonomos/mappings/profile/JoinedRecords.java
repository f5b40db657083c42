package io.autonomos.mappings.profile;

import io.autonomos.mappings.match.SameRecordValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The records that two samples share, as columns of hashes, so that two fields compare fast. */
final class JoinedRecords {

    /** Stands for no value; a hash that happens to be the same is left out. */
    private static final long ABSENT = 0;

    private static final long[] NOTHING = {};

    private final Map<String, long[]> before = new HashMap<>();
    private final Map<String, long[]> after = new HashMap<>();

    JoinedRecords(RecordSample old, RecordSample now) {
        int shared = 0;
        for (Long id : old.records.keySet()) {
            shared += now.records.containsKey(id) ? 1 : 0;
        }
        int row = 0;
        for (Map.Entry<Long, Map<String, Long>> record : old.records.entrySet()) {
            Map<String, Long> newer = now.records.get(record.getKey());
            if (newer != null) {
                put(before, record.getValue(), row, shared);
                put(after, newer, row, shared);
                row++;
            }
        }
    }

    /** The records of one sample, each beside itself. */
    static JoinedRecords of(RecordSample one) {
        return new JoinedRecords(one, one);
    }

    private static void put(
            Map<String, long[]> columns, Map<String, Long> values, int row, int rows) {
        values.forEach(
                (path, hash) -> columns.computeIfAbsent(path, p -> new long[rows])[row] = hash);
    }

    /** How often a field of the one has the value that a field of the other had. */
    SameRecordValues.Agreement agreement(String old, String now) {
        long[] was = before.getOrDefault(old, NOTHING);
        long[] is = after.getOrDefault(now, NOTHING);
        int records = 0;
        int equal = 0;
        Set<Long> distinct = null;
        for (int i = 0; i < Math.min(was.length, is.length); i++) {
            if (was[i] != ABSENT && is[i] != ABSENT) {
                records++;
                if (was[i] == is[i]) {
                    equal++;
                    distinct = distinct == null ? new HashSet<>() : distinct;
                    distinct.add(was[i]);
                }
            }
        }
        int different = distinct == null ? 0 : distinct.size();
        return new SameRecordValues.Agreement(records, equal, different);
    }
}
