package io.autonomos.mappings.scan;

import java.util.List;
import java.util.Set;

/** Tells what an API answers on an error, which a collector took for a record. */
public final class ErrorAnswers {

    private static final List<String> MEMBERS = List.of("error", "errors", "errorCode");
    private static final List<String> BESIDE_A_MESSAGE = List.of("code", "correlationId");

    private ErrorAnswers() {}

    /** Whether a JSON object without an id is such an answer. */
    public static boolean is(byte[] object) {
        Set<String> names =
                JsonMembers.of(object, JsonArrays.skipSpace(object, 0)).places().keySet();
        return MEMBERS.stream().anyMatch(names::contains)
                || (names.contains("message")
                        && BESIDE_A_MESSAGE.stream().anyMatch(names::contains));
    }
}
