package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.TenantRow;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * The SQL of one table of a tenant's file and of the staging table that is merged into it.
 *
 * <p>Names come from the entity files, which allow lower-case words only; data never becomes SQL.
 */
interface FileTable {

    String FILE = "tenant_file"; // the name a tenant's file is attached under

    /** What the file knows the table by. */
    String key();

    String stagingName();

    String createStaging();

    /** Changes with every column. */
    String model();

    /** The statements for a file that has no table yet. */
    List<String> create();

    /** The statements for a file whose table has other columns. */
    List<String> mend();

    /** The statements that bring what is staged into the file's table; a row is staged once. */
    List<String> merge();

    /** Stages a row. */
    void append(TenantRow row, DuckDBAppender to) throws SQLException;

    default String clearStaging() {
        return "TRUNCATE " + stagingName();
    }
}
