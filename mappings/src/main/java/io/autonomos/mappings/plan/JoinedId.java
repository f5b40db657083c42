package io.autonomos.mappings.plan;

/** An id made of several parts, such that no two lists of parts make the same one. */
final class JoinedId {

    private final StringBuilder id = new StringBuilder();
    private boolean first = true;
    private boolean any;

    /** Adds the next part; null where it is absent. */
    void add(String part) {
        if (!first) {
            id.append('|');
        }
        first = false;
        if (part != null) {
            any = true;
            id.append(part.replace("\\", "\\\\").replace("|", "\\|"));
        }
    }

    /** The id, or null where all parts are absent. */
    String text() {
        return any ? id.toString() : null;
    }
}
