package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.ErrorCode;

/**
 * Refuses to run where DuckDB belongs to one job only.
 *
 * <p>A native library that each job loads for itself does not see the locks of its other copies in
 * the process, and two of them writing one file destroy it.
 */
final class DuckDbLoaderGuard {

    private DuckDbLoaderGuard() {}

    /**
     * Passes if DuckDB was loaded where Flink was, or above.
     *
     * @param duckDb the loader of DuckDB's classes; null is the boot loader
     * @param flink the loader of Flink's classes
     */
    static void check(ClassLoader duckDb, ClassLoader flink) {
        if (duckDb == null) {
            return;
        }
        for (ClassLoader each = flink; each != null; each = each.getParent()) {
            if (each == duckDb) {
                return;
            }
        }
        ErrorCode code = ErrorCode.DUCKDB_LOADER;
        throw new IllegalStateException(
                "%s: %s %s".formatted(code.code(), code.summary(), code.remedy()));
    }
}
