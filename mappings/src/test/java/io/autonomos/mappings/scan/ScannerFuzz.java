package io.autonomos.mappings.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.ErrorCode;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whatever the bytes, the scanner and Jackson agree whether they are JSON, and taking equal names
 * out leaves the tree that Jackson reads. Run with fresh bytes by the profile {@code fuzz}.
 */
public final class ScannerFuzz {

    private static final Set<ErrorCode> LIMITS =
            EnumSet.of(
                    ErrorCode.RECORD_TOO_LARGE,
                    ErrorCode.JSON_TOO_DEEP,
                    ErrorCode.TOO_MANY_FIELDS,
                    ErrorCode.VALUE_EMPTY);
    private static final RecordScanner SCANNER = new ScanPlan().newScanner(ScanLimits.DEFAULT);

    private ScannerFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        ErrorCode outcome = outcome(data);
        if (LIMITS.contains(outcome)) {
            return;
        }
        boolean read = outcome == null || outcome == ErrorCode.JSON_NOT_OBJECT;
        assertThat(read)
                .as("%s is %s", JsonConformanceTest.show(data), outcome)
                .isEqualTo(StrictJackson.accepts(data));
        if (outcome == null) {
            byte[] cleaned = DuplicateNames.lastWins(data);
            assertThat(StrictJackson.accepts(cleaned)).isTrue();
            assertThat(outcome(cleaned)).isNull();
            assertThat(Json.read(cleaned)).isEqualTo(Json.read(data));
        }
    }

    private static ErrorCode outcome(byte[] record) {
        try {
            SCANNER.scan(record);
            return null;
        } catch (ScanException e) {
            return e.code();
        }
    }
}
