package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;

/** A tenant's file is in use by someone else now; trying again later can succeed. */
public final class FileHeldException extends IOException {

    private static final long serialVersionUID = 1L;

    FileHeldException(Path file, String holder) {
        super(
                "%s: the file %s is held by %s. %s"
                        .formatted(
                                ErrorCode.DUCKDB_LOCKED.code(),
                                file.getFileName(),
                                holder,
                                ErrorCode.DUCKDB_LOCKED.remedy()));
    }
}
