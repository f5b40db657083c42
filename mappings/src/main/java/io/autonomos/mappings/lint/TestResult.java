package io.autonomos.mappings.lint;

import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.language.TestCase;

/**
 * How a test of a mapping file ended.
 *
 * @param problem what differs; null where the test passes
 */
public record TestResult(TestCase test, Problem problem) {

    /** Whether the test passes. */
    public boolean passed() {
        return problem == null;
    }
}
