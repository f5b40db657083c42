package io.autonomos.operators.source.files;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;

/** What can be wrong with a record of a file. */
final class Faults {

    /** How much of a record over the limit is kept. */
    static final int KEPT = 1 << 16;

    private Faults() {}

    static Fault at(ErrorCode code, String file, long line, String what) {
        return Fault.of(code, "%s:%d: %s %s".formatted(file, line, what, code.remedy()));
    }

    static Fault tooLarge(String file, long line, long bytes, int limit) {
        String what =
                "%d bytes, input.max-record-size is %d; its first %d bytes are kept."
                        .formatted(bytes, limit, Math.min(bytes, KEPT));
        return at(ErrorCode.RECORD_TOO_LARGE, file, line, what);
    }
}
