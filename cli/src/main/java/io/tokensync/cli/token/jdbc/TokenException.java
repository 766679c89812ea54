package io.tokensync.cli.token.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** The database does not answer what {@code token} asks. The message says why, and what to do. */
public final class TokenException extends Exception {
    private static final long serialVersionUID = 1L;

    TokenException(SQLException cause) {
        super(reason(cause), cause);
    }

    private static String reason(SQLException cause) {
        if (cause instanceof SQLTimeoutException) {
            return "the database takes too long to answer; try again when others do not hold it up, or allow more "
                    + "in its address (queryTimeout=SECONDS)";
        }
        // not the driver's text: it may repeat the address
        return "the database answers with error " + cause.getErrorCode() + ", state " + cause.getSQLState()
                + "; the schema must be the current one (tokensync schema validate), and the login must be allowed to"
                + " SELECT from its tables and views";
    }
}
