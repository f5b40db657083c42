package io.autonomos.operators.sink.postgres;

import java.sql.SQLException;

/** What to do about an error of the server, told by its SQLSTATE. */
enum Failure {
    /** The transaction lost against another one: the same again, on the same connection. */
    CONFLICT,
    /**
     * The server is down, full, read-only or unreachable: wait, open a new connection, try again.
     */
    OUTAGE,
    /** The server refuses a value: no use in trying again. */
    DATA,
    /** Wrong password, missing table, missing right: a person must act. */
    SETUP;

    static Failure of(SQLException error) {
        String state = error.getSQLState();
        if (state == null || state.length() < 2) {
            return OUTAGE;
        }
        if (state.equals("55P03") || state.equals("57014")) {
            return CONFLICT;
        }
        if (state.equals("25006")) {
            return OUTAGE; // connected to a standby in the middle of a switch-over
        }
        if (state.equals("22023")) {
            return SETUP; // the writer's role does not exist
        }
        return switch (state.substring(0, 2)) {
            case "40" -> CONFLICT;
            case "08", "53", "57", "58", "XX", "F0" -> OUTAGE;
            case "22", "23", "54" -> DATA;
            default -> SETUP;
        };
    }
}
