package io.autonomos.operators.canonicalize;

/** What becomes of a record that has lost mapped fields. */
public enum DriftPolicy {
    /** It waits, with all later records of its id, until the mapping is mended. */
    PARK,
    /** It passes; the fields stay empty. */
    PASS,
    /** It is a dead letter. */
    DEAD_LETTER
}
