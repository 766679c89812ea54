package io.tokensync.cli.token.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;

import io.tokensync.common.jdbc.FailedQuery;

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
        return FailedQuery.describe(cause);
    }
}
