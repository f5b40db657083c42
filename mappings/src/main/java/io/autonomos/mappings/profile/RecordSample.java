package io.autonomos.mappings.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hashed values of a bounded set of records, by the hash of the record's id. The ids with the
 * smallest hashes are kept, so two samples of one stream hold the same records where they can.
 */
public final class RecordSample {

    static final int MOST_RECORDS = 256;
    static final int MOST_FIELDS = 300;

    final TreeMap<Long, Map<String, Long>> records = new TreeMap<>();

    /** Adds a record, or puts it in the place of its former version. */
    void put(String recordId, RecordFields fields) {
        long id = ValueHash.of(recordId);
        if (records.size() >= MOST_RECORDS && id > records.lastKey()) {
            return;
        }
        Map<String, Long> values = new LinkedHashMap<>();
        for (Map.Entry<String, RecordFields.Leaf> each : fields.leaves().entrySet()) {
            if (values.size() < MOST_FIELDS && each.getValue().hasValue()) {
                values.put(each.getKey(), ValueHash.of(each.getValue().text()));
            }
        }
        records.put(id, values);
        if (records.size() > MOST_RECORDS) {
            records.pollLastEntry();
        }
    }

    /** The value hashes of a record by path, or null where it is not in the sample. */
    public Map<String, Long> of(String recordId) {
        return records.get(ValueHash.of(recordId));
    }

    /** Whether an id is in the sample, by its hash. */
    public boolean hasId(long hash) {
        return records.containsKey(hash);
    }

    /** How many records are in it. */
    public int size() {
        return records.size();
    }
}
