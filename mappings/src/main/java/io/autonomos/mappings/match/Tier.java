package io.autonomos.mappings.match;

/** What happens with a proposed partner. */
public enum Tier {
    /** It is taken unasked. */
    APPLY,
    /** A person is asked. */
    REVIEW,
    /** It is not taken. */
    REJECT
}
