package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.config.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.postgresql.Driver;

/**
 * Opens one connection at a time in the writer's role, with transactions ended by the caller.
 *
 * <p>The driver is called directly: {@code DriverManager} would pick one by class loader, and there
 * are several when jobs share a task manager.
 */
@SuppressWarnings("try") // the interface lets close() be interrupted
final class PostgresConnections implements JdbcConnectionProvider {

    private static final long serialVersionUID = 1L;

    /** Array types that go out in binary form: bool, int4, text, int8, timestamptz. */
    private static final String BINARY_TYPES = "1000,1007,1009,1016,1185";

    private static final int VALIDATION_SECONDS = 5;

    private final PostgresSettings settings;

    private transient Connection connection;

    PostgresConnections(PostgresSettings settings) {
        this.settings = settings;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean isConnectionValid() throws SQLException {
        return connection != null && connection.isValid(VALIDATION_SECONDS);
    }

    @Override
    public Connection getOrEstablishConnection() throws SQLException {
        if (connection == null) {
            connection = open();
        }
        return connection;
    }

    @Override
    public Connection reestablishConnection() throws SQLException {
        closeConnection();
        return getOrEstablishConnection();
    }

    @Override
    public void closeConnection() {
        Connection last = connection;
        connection = null;
        close(last);
    }

    /** Ends the current transaction without effect; drops a connection that cannot do even that. */
    void rollback() {
        if (connection == null) {
            return;
        }
        try {
            connection.rollback();
        } catch (SQLException e) {
            closeConnection();
        }
    }

    private Connection open() throws SQLException {
        Properties properties = login(settings.user(), settings.password());
        properties.setProperty(
                "connectTimeout", Long.toString(settings.connectTimeout().toSeconds()));
        properties.setProperty(
                "socketTimeout", Long.toString(settings.socketTimeout().toSeconds()));
        properties.setProperty("binaryTransferEnable", BINARY_TYPES);
        // The server's detail of an error can repeat a row.
        properties.setProperty("logServerErrorDetail", "false");
        Connection opened = new Driver().connect(settings.url(), properties);
        try (Statement statement = opened.createStatement()) {
            statement.execute("SET ROLE autonomos_writer");
            // One plan per statement: planning anew would copy each batch into its plan.
            statement.execute("SET plan_cache_mode = force_generic_plan");
            // Said in both cases: the server's own default may be off.
            statement.execute(
                    "SET synchronous_commit = " + (settings.synchronousCommit() ? "on" : "off"));
            opened.setAutoCommit(false);
            return opened;
        } catch (SQLException e) {
            close(opened);
            throw e;
        }
    }

    static Properties login(String user, Secret password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password.reveal());
        }
        properties.setProperty("ApplicationName", "autonomos");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private static void close(Connection opened) {
        if (opened != null) {
            try {
                opened.close();
            } catch (SQLException e) {
                // It is given up in any case; a broken connection cannot say goodbye.
            }
        }
    }
}
