package io.tokensync.tds.jdbc;

import java.sql.SQLException;
import java.sql.Statement;

/** Cancels a statement of H2 from another thread. */
final class Cancelling {
    private Cancelling() {}

    static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // It has just ended: there is nothing left to cancel.
            return;
        }
    }
}
