package io.autonomos.operators.canonicalize;

import java.util.Locale;

/** What becomes of a record that has lost mapped fields. */
public enum DriftPolicy {
    /** It waits, with all later records of its id, until the mapping is mended. */
    PARK,
    /** It passes; the fields stay empty. */
    PASS,
    /** It is a dead letter. */
    DEAD_LETTER;

    /** The policy's name on the control topic. */
    public static final String NAME = "drift";

    /** Its word on the control topic and in settings. */
    public String key() {
        return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
