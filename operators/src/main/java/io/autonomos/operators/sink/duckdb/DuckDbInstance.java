package io.autonomos.operators.sink.duckdb;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One DuckDB in memory, to which tenants' files are attached one at a time.
 *
 * <p>To start a DuckDB costs ten times as much as to attach a file to one that runs. It uses one
 * thread, keeps to UTC, and never looks for extensions. A commit writes its file at once instead of
 * a log first, since the file is closed after it anyway.
 */
final class DuckDbInstance implements AutoCloseable {

    /**
     * A commit rewrites the small row groups behind the last full one: with DuckDB's 122,880 rows
     * that is most of a tenant's table.
     */
    private static final int ROW_GROUP_SIZE = 16_384;

    private final DuckDBConnection connection;
    private final Statement statement;

    DuckDbInstance(Path spillDirectory, long memoryBytes) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", memoryBytes + "B");
        properties.setProperty(
                "temp_directory", spillDirectory.resolve(".spill-" + UUID.randomUUID()).toString());
        properties.setProperty("checkpoint_threshold", "1KB");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        connection =
                DriverManager.getConnection("jdbc:duckdb:", properties)
                        .unwrap(DuckDBConnection.class);
        statement = connection.createStatement();
        execute("SET TimeZone = 'UTC'");
    }

    /** Reaches from now on no other file and no network, whatever it is asked. */
    void confine() throws SQLException {
        execute("SET enable_external_access = false");
        lock();
    }

    /** Keeps its settings from now on. */
    void lock() throws SQLException {
        execute("SET lock_configuration = true");
    }

    void execute(String sql) throws SQLException {
        statement.execute(sql);
    }

    ResultSet query(String sql) throws SQLException {
        return statement.executeQuery(sql);
    }

    DuckDBConnection connection() {
        return connection;
    }

    /** Opens a file to write to, which is made when missing. */
    void attach(Path file) throws SQLException {
        attach(file, "ROW_GROUP_SIZE " + ROW_GROUP_SIZE);
    }

    void attachReadOnly(Path file) throws SQLException {
        attach(file, "READ_ONLY");
    }

    private void attach(Path file, String how) throws SQLException {
        String path = file.toString().replace("'", "''");
        execute("ATTACH '%s' AS %s (%s)".formatted(path, FileTable.FILE, how));
    }

    /** Writes what is left in the log to the file and closes it. */
    void detach() throws SQLException {
        execute("DETACH " + FileTable.FILE);
    }

    DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender("memory", DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
