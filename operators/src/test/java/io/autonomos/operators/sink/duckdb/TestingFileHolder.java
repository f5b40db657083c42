package io.autonomos.operators.sink.duckdb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Properties;

/** Another process that holds a file: as a plain DuckDB reader, or as the sink of another job. */
final class TestingFileHolder implements AutoCloseable {

    private final Process process;

    private TestingFileHolder(Process process) {
        this.process = process;
    }

    /** Opens the file read-only with nothing but DuckDB's driver, counts accounts, and stays. */
    static TestingFileHolder reader(Path file) throws IOException {
        return start("reader", file);
    }

    /** Takes the sink's own lock and stays. */
    static TestingFileHolder writer(Path file) throws IOException {
        return start("writer", file);
    }

    private static TestingFileHolder start(String role, Path file) throws IOException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestingFileHolder.class.getName(),
                                role,
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new TestingFileHolder(process);
    }

    /** What the process says once it holds the file. */
    String awaitHeld() throws IOException {
        return process.inputReader(StandardCharsets.UTF_8).readLine();
    }

    /** Lets go of the file and ends the process. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    /** Holds the file until standard input ends. */
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[1]);
        if (args[0].equals("writer")) {
            try (TenantFileLock lock = TenantFileLock.forWriter(file, "another job")) {
                hold("held by " + lock.getClass().getSimpleName());
            }
            return;
        }
        Properties readOnly = new Properties();
        readOnly.setProperty("duckdb.read_only", "true");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file, readOnly);
                ResultSet rows =
                        connection
                                .createStatement()
                                .executeQuery("SELECT count(*) FROM account_current")) {
            rows.next();
            hold(rows.getString(1));
        }
    }

    @SuppressWarnings("SystemOut")
    private static void hold(String said) throws IOException {
        System.out.println(said);
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
