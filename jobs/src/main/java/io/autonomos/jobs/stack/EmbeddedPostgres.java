package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of this machine with its data in the work directory.
 *
 * <p>It is a process of its own, listens on the loopback address only and asks for passwords, which
 * are made at first start ({@code secrets/postgres-*}, mode 600). The database {@link #DATABASE}
 * belongs to {@link #WRITER}, who is no superuser, so that row-level security holds for it; what
 * {@link #READER} may see is granted by the migrations.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The port PostgreSQL clients expect. */
    public static final int DEFAULT_PORT = 5432;

    /** The database of the product. */
    public static final String DATABASE = "autonomos";

    /** Owns the database; the job and its migrations connect as this role. */
    public static final String WRITER = "autonomos_writer";

    /** May only read. */
    public static final String READER = "autonomos_reader";

    /** The superuser; migrates, and is used for nothing else. */
    public static final String ADMIN = "postgres";

    private static final long TIMEOUT_SECONDS = 60;

    /** The signal that ends a server with its connections, and not when they have ended. */
    private static final String FAST_SHUTDOWN = "INT";

    private static final String SETTINGS =
            """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            shared_buffers = '128MB'
            max_connections = 100
            max_wal_size = '1GB'
            password_encryption = 'scram-sha-256'
            timezone = 'UTC'
            log_timezone = 'UTC'
            """;

    private final WorkDir workDir;
    private final PostgresBinaries binaries;
    private final Path data;
    private final int port;

    private EmbeddedPostgres(WorkDir workDir, int port) {
        this.workDir = workDir;
        this.binaries = PostgresBinaries.unpack(workDir.root().resolve("pgsql"));
        this.data = workDir.root().resolve("postgres");
        this.port = port;
    }

    /**
     * Starts a server and returns when it takes connections.
     *
     * <p>A server that an earlier, killed process left running on the same data is stopped first.
     */
    public static EmbeddedPostgres start(WorkDir workDir, int port) {
        EmbeddedPostgres postgres = prepared(workDir, port);
        postgres.run(
                "pg_ctl",
                "start",
                "-w",
                "-s",
                "-t",
                Long.toString(TIMEOUT_SECONDS),
                "-D",
                postgres.data.toString(),
                "-l",
                workDir.logs().resolve("postgres.log").toString(),
                "-o",
                "-p " + port);
        postgres.createDatabase();
        return postgres;
    }

    /**
     * Starts a server that is started again when it dies, and returns when it takes connections.
     *
     * @param server what runs it
     */
    static void start(ManagedProcess server, WorkDir workDir, int port, Readiness readiness) {
        EmbeddedPostgres postgres = prepared(workDir, port);
        List<String> command = new ArrayList<>(postgres.binaries.command("postgres"));
        command.addAll(List.of("-D", postgres.data.toString(), "-p", Integer.toString(port)));
        server.start(command, FAST_SHUTDOWN);
        readiness.await(server, postgres::answers);
        postgres.createDatabase();
    }

    /** The process of {@link #start(ManagedProcess, WorkDir, int, Readiness)}. */
    static ManagedProcess server(WorkDir workDir) {
        return new ManagedProcess(
                workDir,
                "postgres",
                "-D " + workDir.root().resolve("postgres"),
                workDir.logs().resolve("postgres.log"));
    }

    private static EmbeddedPostgres prepared(WorkDir workDir, int port) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(workDir, port);
        if (!Files.exists(postgres.data.resolve("PG_VERSION"))) {
            postgres.initialise();
        } else {
            stop(workDir);
        }
        Ports.require("PostgreSQL", port);
        return postgres;
    }

    private boolean answers() {
        try (Connection connection = connect(ADMIN, ADMIN)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Stops the server that runs on the work directory's data, if one does. */
    public static boolean stop(WorkDir workDir) {
        boolean running = isRunning(workDir);
        if (running) {
            new EmbeddedPostgres(workDir, 0).close();
        }
        return running;
    }

    /** Whether a server runs on the work directory's data. */
    static boolean isRunning(WorkDir workDir) {
        return pid(workDir).isPresent();
    }

    /** The server's PID, if one runs on the work directory's data. */
    static Optional<Long> pid(WorkDir workDir) {
        Path file = workDir.root().resolve("postgres").resolve("postmaster.pid");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst()
                    .map(line -> Long.parseLong(line.strip()))
                    .filter(
                            pid ->
                                    ProcessHandle.of(pid)
                                            .map(EmbeddedPostgres::isServer)
                                            .orElse(false));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isServer(ProcessHandle process) {
        return process.isAlive()
                && process.info().command().map(c -> c.endsWith("postgres")).orElse(true);
    }

    /** The database's address. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The PID of the server's first process. */
    public long pid() {
        return pid(workDir).orElseThrow();
    }

    /** The file with the password of {@link #WRITER}, or of {@link #READER}. */
    public static Path passwordFile(WorkDir workDir, String role) {
        String name = role.equals(WRITER) ? "writer" : role.equals(READER) ? "reader" : "admin";
        return workDir.secrets().resolve("postgres-" + name);
    }

    /** A connection as one of the roles. */
    public Connection connect(String role) throws SQLException {
        return connect(role, DATABASE);
    }

    @Override
    public void close() {
        run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", data.toString());
    }

    private void initialise() {
        workDir.wipe("postgres");
        Path password = passwordFile(workDir, ADMIN);
        Secrets.readOrCreate(password);
        run(
                "initdb",
                "--no-sync",
                "--username=" + ADMIN,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--lc-collate=C",
                "--lc-ctype=C",
                "-D",
                data.toString());
        try {
            Files.writeString(data.resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new StackException(
                    ErrorCode.SERVER_FAILED, "PostgreSQL cannot be configured in " + data + ".", e);
        }
    }

    private void createDatabase() {
        try (Connection connection = connect(ADMIN, ADMIN);
                Statement statement = connection.createStatement()) {
            createRole(statement, WRITER);
            createRole(statement, READER);
            try (ResultSet found =
                    statement.executeQuery(
                            "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + WRITER);
        } catch (SQLException e) {
            throw new StackException(
                    ErrorCode.SERVER_FAILED,
                    "PostgreSQL on port "
                            + port
                            + " refuses to set up "
                            + DATABASE
                            + " ("
                            + e.getMessage()
                            + ").",
                    e);
        }
    }

    private void createRole(Statement statement, String role) throws SQLException {
        String password = Secrets.readOrCreate(passwordFile(workDir, role));
        try (ResultSet found =
                statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
            if (found.next()) {
                return;
            }
        }
        // Both are made here, from fixed names and hexadecimal digits.
        statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
    }

    private Connection connect(String role, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", Secrets.readOrCreate(passwordFile(workDir, role)));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    private void run(String... command) {
        int code = execute(List.of(command));
        if (code != 0) {
            throw new StackException(
                    ErrorCode.SERVER_FAILED,
                    "PostgreSQL's "
                            + command[0]
                            + " ended with "
                            + code
                            + "; see "
                            + workDir.logs().resolve("postgres-tools.log")
                            + " and "
                            + workDir.logs().resolve("postgres.log")
                            + ".");
        }
    }

    private int execute(List<String> command) {
        List<String> line = new ArrayList<>(binaries.command(command.get(0)));
        line.addAll(command.subList(1, command.size()));
        Path log = workDir.logs().resolve("postgres-tools.log");
        try {
            Process process =
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            if (!process.waitFor(TIMEOUT_SECONDS + 5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new StackException(
                    ErrorCode.SERVER_FAILED,
                    "PostgreSQL's " + command.get(0) + " cannot run (" + e + ").",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(
                    ErrorCode.SERVER_FAILED, "Interrupted while PostgreSQL worked.", e);
        }
    }
}
