package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from. */
interface Connections {
    /** A connection without auto-commit; closing it gives it back. */
    Connection open() throws SQLException;

    /** Sees to it that a borrowed connection is not used again; it is still to be closed. */
    void discard(Connection connection);
}
