package io.autonomos.operators.sink.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/** Reads what the sinks wrote, of all tenants, as their login may. */
public final class PostgresReader {

    private PostgresReader() {}

    /** A connection that sees one state of the database until it ends its transaction. */
    public static Connection open(PostgresSettings settings) throws SQLException {
        Properties login = PostgresConnections.login(settings.user(), settings.password());
        login.setProperty("connectTimeout", Long.toString(settings.connectTimeout().toSeconds()));
        Connection connection = new Driver().connect(settings.url(), login);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE autonomos_writer");
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
