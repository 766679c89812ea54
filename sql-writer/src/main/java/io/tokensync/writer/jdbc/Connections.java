package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from. */
interface Connections {
    /** A connection without auto-commit; to be given back. */
    Connection take() throws SQLException;

    /** Sees to it that a connection that was taken is not used again; it is still to be given back. */
    void discard(Connection connection);

    /** The end of what {@link #take} began. */
    void giveBack(Connection connection);
}
