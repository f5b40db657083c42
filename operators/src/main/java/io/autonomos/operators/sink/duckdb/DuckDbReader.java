package io.autonomos.operators.sink.duckdb;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reads tenants' files between the sink's commits, in the job's process or another.
 *
 * <p>A file that is being written is tried again for a while. In a process where a sink runs, read
 * through this class only; see {@link TenantFileLock} for why.
 */
public final class DuckDbReader {

    private static final String VIEW = "_current";
    private static final long PAUSE_MILLIS = 20;
    private static final long MEMORY = 256L << 20;
    private static final String OWNER = "a reader in process " + ProcessHandle.current().pid();

    private final Path directory;
    private final Duration patience;

    /** What to ask of an open file; tables and views are found without a prefix. */
    @FunctionalInterface
    public interface Query<T> {
        T run(Statement statement) throws SQLException;
    }

    /**
     * Reads files below {@code directory}.
     *
     * @param patience how long a file that is being written is tried again
     */
    public DuckDbReader(Path directory, Duration patience) {
        this.directory = directory;
        this.patience = patience;
    }

    /** The tenants' files, by tenant. */
    public Map<String, Path> files() throws IOException, InterruptedException {
        Map<String, Path> files = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        for (Path file : listFiles()) {
            String name = file.getFileName().toString();
            String tenant = TenantFileName.decode(name).orElse(null);
            if (tenant == null) {
                tenant = query(file, DuckDbReader::readTenant);
            }
            if (tenant != null) {
                files.put(tenant, file);
            }
        }
        return files;
    }

    /** The tenant's rows that are not deleted, by entity; empty where it has no file. */
    public Map<String, Long> counts(String tenant) throws IOException, InterruptedException {
        Path file = file(tenant);
        return Files.exists(file) ? query(file, DuckDbReader::readCounts) : Map.of();
    }

    /** The tenant's file, which need not exist. */
    public Path file(String tenant) {
        return directory.resolve(TenantFileName.encode(tenant));
    }

    /** Asks an existing file, which is open read-only meanwhile and blocks the tenant's commits. */
    public <T> T query(Path file, Query<T> query) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return queryOnce(file, query);
            } catch (FileHeldException e) {
                if (System.nanoTime() >= deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** What a query from outside gives, with the names of its columns. */
    public record Answer(List<String> columns, List<List<Object>> rows) {}

    /**
     * Asks an existing file what somebody outside wants to know: it can read that file, write
     * nothing, and reach no other.
     *
     * @param limit how long it may take, since it blocks the tenant's commits
     * @throws SQLException if the query is wrong, writes, or takes too long
     */
    public Answer ask(Path file, String sql, Duration limit)
            throws IOException, InterruptedException, SQLException {
        SQLException[] refused = new SQLException[1];
        Answer answer =
                query(
                        file,
                        statement -> {
                            statement.setQueryTimeout((int) Math.max(1, limit.toSeconds()));
                            try {
                                return answer(statement, sql);
                            } catch (SQLException e) {
                                refused[0] = e;
                                return null;
                            }
                        });
        if (answer == null) {
            throw refused[0];
        }
        return answer;
    }

    private static Answer answer(Statement statement, String sql) throws SQLException {
        statement.execute("BEGIN TRANSACTION READ ONLY");
        try (ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData meta = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnLabel(i));
            }
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(plain(result.getObject(i)));
                }
                rows.add(row);
            }
            return new Answer(columns, rows);
        }
    }

    /** Numbers, truth values, lists of such, and text for all else. */
    private static Object plain(Object value) throws SQLException {
        if (value instanceof java.sql.Array array) {
            List<Object> list = new ArrayList<>();
            for (Object each : (Object[]) array.getArray()) {
                list.add(plain(each));
            }
            return list;
        }
        if (value instanceof BigDecimal number) {
            return new BigDecimal(number.stripTrailingZeros().toPlainString());
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? value
                : value.toString();
    }

    @SuppressWarnings("try") // the lock is only held
    private <T> T queryOnce(Path file, Query<T> query) throws IOException {
        try (TenantFileLock lock = TenantFileLock.forReader(file, OWNER);
                DuckDbInstance duckDb = new DuckDbInstance(directory, MEMORY)) {
            attach(duckDb, file);
            duckDb.execute("USE " + FileTable.FILE);
            duckDb.confine();
            try (Statement statement = duckDb.connection().createStatement()) {
                return query.run(statement);
            }
        } catch (SQLException e) {
            throw new IOException(
                    "%s: DuckDB cannot answer from %s."
                            .formatted(ErrorCode.DUCKDB_FILE.code(), file.getFileName()),
                    e);
        }
    }

    private static void attach(DuckDbInstance duckDb, Path file) throws IOException {
        try {
            duckDb.attachReadOnly(file);
        } catch (SQLException e) {
            throw DuckDbErrors.retryable(e, file);
        }
    }

    private List<Path> listFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(TenantFileName.SUFFIX))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }

    private static String readTenant(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT tenant FROM autonomos_file")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private static Map<String, Long> readCounts(Statement statement) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String entity : readEntities(statement)) {
            String sql = "SELECT count(*) FROM " + entity + VIEW;
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                if (rows.getLong(1) > 0) {
                    counts.put(entity, rows.getLong(1));
                }
            }
        }
        return counts;
    }

    /** The known entities that the file has; one written by an older version can have fewer. */
    private static List<String> readEntities(Statement statement) throws SQLException {
        List<String> entities = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT view_name FROM duckdb_views()")) {
            while (rows.next()) {
                String view = rows.getString(1);
                String entity =
                        view.endsWith(VIEW) ? view.substring(0, view.length() - VIEW.length()) : "";
                if (EntityModel.shipped().entity(entity) != null) {
                    entities.add(entity);
                }
            }
        }
        return entities;
    }
}
