package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.model.EntityModel;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;

/**
 * A real PostgreSQL server that can be killed and started again on the same port and data.
 *
 * <p>{@link #shared()} is one server for all tests of the JVM; each test takes a database of its
 * own.
 */
final class TestingPostgres implements AutoCloseable {

    private static TestingPostgres shared;
    private static int databases;

    private final Path data;
    private EmbeddedPostgres server;

    TestingPostgres() {
        try {
            Path target = Files.createDirectories(Path.of("target", "testing-postgres"));
            data = Files.createTempDirectory(target.toAbsolutePath(), "server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = start(0);
    }

    static synchronized TestingPostgres shared() {
        if (shared == null) {
            shared = new TestingPostgres();
        }
        return shared;
    }

    private EmbeddedPostgres start(int port) {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data.resolve("data"))
                        .setCleanDataDirectory(false)
                        .setServerConfig("synchronous_commit", "on") // as servers have it
                        .setServerConfig("max_connections", "50");
        if (port != 0) {
            builder.setPort(port);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new, empty database. */
    Database database() {
        String name;
        synchronized (TestingPostgres.class) {
            name = "testing_" + ++databases;
        }
        Database postgres = new Database("postgres");
        postgres.execute("CREATE DATABASE " + name);
        return new Database(name);
    }

    /** A new database with the tables of the shipped entities. */
    Database migratedDatabase() {
        Database database = database();
        PostgresMigrations.migrate(database.settings(Map.of()), EntityModel.shipped());
        return database;
    }

    /** Kills the server and its children without a chance to say goodbye. */
    void kill() {
        try {
            List<ProcessHandle> all = processes();
            all.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle each : all) {
                each.onExit().get(30, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the server in its tracks, or lets it go on: it takes connections and never answers. */
    void freeze(boolean frozen) {
        try {
            for (ProcessHandle each : processes()) {
                new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", Long.toString(each.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ProcessHandle> processes() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("data/postmaster.pid"));
        ProcessHandle postmaster =
                ProcessHandle.of(Long.parseLong(lines.get(0).trim())).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.add(0, postmaster);
        return all;
    }

    /** Starts a killed server again; it recovers from its log. */
    void restart() {
        int port = server.getPort();
        close(); // frees the harness's lock on the data; the server itself is gone
        server = start(port);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One database of the server. */
    final class Database {

        private final String name;

        private Database(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        String url() {
            return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
        }

        PostgresSettings settings(Map<String, String> more) {
            Map<String, String> config = new LinkedHashMap<>();
            config.put("postgres.url", url());
            config.put("postgres.user", "postgres");
            config.putAll(more);
            return PostgresSettings.from(Configuration.fromMap(config));
        }

        /** Runs statements as a superuser, whom row-level security does not concern. */
        void execute(String... statements) {
            rows(null, null, statements);
        }

        /** The rows of a query as a superuser, each as its values' texts. */
        List<List<String>> rows(String query) {
            return rows(null, null, query);
        }

        /**
         * The rows of the last statement, in a role and for a tenant, either of which may be null.
         */
        List<List<String>> rows(String role, String tenant, String... statements) {
            try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                    Statement statement = connection.createStatement()) {
                if (role != null) {
                    statement.execute("SET ROLE " + role);
                }
                if (tenant != null) {
                    try (var set =
                            connection.prepareStatement(
                                    "SELECT set_config('autonomos.tenant', ?, false)")) {
                        set.setString(1, tenant);
                        set.execute();
                    }
                }
                boolean rows = false;
                for (String each : statements) {
                    rows = statement.execute(each);
                }
                return rows ? read(statement.getResultSet()) : List.of();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static List<List<String>> read(ResultSet result) throws SQLException {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
