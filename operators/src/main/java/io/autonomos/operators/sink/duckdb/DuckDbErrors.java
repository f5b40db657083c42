package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

/** Tells what can be tried again from what cannot, by the kind that begins DuckDB's messages. */
final class DuckDbErrors {

    private static final String NOT_DUCKDB = "not a valid DuckDB database file";

    /** Kinds whose messages name files and tables, never values. */
    private static final Set<String> SPEAKABLE =
            Set.of("IO Error", "Catalog Error", "Binder Error", "Out of Memory Error");

    private DuckDbErrors() {}

    /**
     * Returns what to throw where trying again can help.
     *
     * @throws IllegalStateException where it cannot
     */
    static IOException retryable(SQLException error, Path file) {
        String message = String.valueOf(error.getMessage());
        String kind = message.substring(0, Math.max(0, message.indexOf(':')));
        if (message.contains("Could not set lock") || kind.equals("Resource In Use Error")) {
            return new FileHeldException(file, "another process");
        }
        if (kind.equals("IO Error") && !message.contains(NOT_DUCKDB)) {
            ErrorCode code = ErrorCode.STORE_DOWN;
            return new IOException(
                    "%s: DuckDB cannot read or write %s. %s"
                            .formatted(code.code(), file.getFileName(), code.remedy()),
                    error);
        }
        throw unusable(
                file,
                message.contains(NOT_DUCKDB) ? "it is no DuckDB database" : "DuckDB says " + kind,
                SPEAKABLE.contains(kind) ? error : null);
    }

    static IllegalStateException unusable(Path file, String problem, Throwable cause) {
        ErrorCode code = ErrorCode.DUCKDB_FILE;
        return new IllegalStateException(
                "%s: the file %s cannot be used: %s. %s"
                        .formatted(code.code(), file.getFileName(), problem, code.remedy()),
                cause);
    }
}
