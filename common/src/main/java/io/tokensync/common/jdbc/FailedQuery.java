package io.tokensync.common.jdbc;

import java.sql.SQLException;

/** Why a question to the tables was not answered, in words for people. */
public final class FailedQuery {
    private FailedQuery() {}

    /** Without the driver's text, which may repeat what was asked for, or the address. */
    public static String describe(SQLException failure) {
        return "the database answers with error " + failure.getErrorCode() + ", state " + failure.getSQLState()
                + "; it must be reachable, its schema the current one (tokensync schema validate), and the login "
                + "allowed to SELECT from its tables and views";
    }
}
