package io.autonomos.mappings.scan;

import java.util.List;

/**
 * What an event says of records.
 *
 * @param delete whether they are gone
 * @param ids of the records where the event names them beside {@code record}; else empty
 * @param at when it happened, epoch milliseconds, or {@link #UNDATED}
 * @param record the record's own bytes, or null where ids alone are told
 * @param problem why no record can be made of it, as the end of a sentence, or null
 * @param remedy what to set up so that a record can, or null
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
public record ChangeEvent(
        boolean delete, List<String> ids, long at, byte[] record, String problem, String remedy) {

    /** The event does not say when it happened. */
    public static final long UNDATED = Long.MIN_VALUE;

    /** What to do where an event names no record. */
    static final String NAME_IT = "Send the event as the system does, with the id.";

    static ChangeEvent upsert(JsonMembers record, long at) {
        return new ChangeEvent(false, List.of(), at, record.bytes(), null, null);
    }

    static ChangeEvent delete(JsonMembers record, long at) {
        return new ChangeEvent(true, List.of(), at, record.bytes(), null, null);
    }

    static ChangeEvent delete(List<String> ids, long at) {
        return new ChangeEvent(true, List.copyOf(ids), at, null, null, null);
    }

    /** An event that holds no whole record. */
    static ChangeEvent partial(String problem, String remedy) {
        return new ChangeEvent(false, List.of(), UNDATED, null, problem, remedy);
    }
}
