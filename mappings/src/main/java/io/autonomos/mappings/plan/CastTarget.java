package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.JsonBuffer;

/** Where casts write to, and the note they may leave about a value they had to change. */
final class CastTarget {

    final JsonBuffer out;
    final IsoTime time = new IsoTime();
    private String noteKind;
    private String noteReason;

    CastTarget(JsonBuffer out) {
        this.out = out;
    }

    void note(String kind, String reason) {
        noteKind = kind;
        noteReason = reason;
    }

    void clearNote() {
        noteKind = null;
    }

    String noteKind() {
        return noteKind;
    }

    String noteReason() {
        return noteReason;
    }
}
