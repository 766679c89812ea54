package io.tokensync.cli.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import io.tokensync.cli.local.DataDirectory;
import io.tokensync.cli.local.EmbeddedDatabase;
import io.tokensync.simulator.truth.Truth;

/** Reading connections to the embedded database. */
public final class EmbeddedConnection {
    private EmbeddedConnection() {}

    static Connection open(Path database) throws SQLException {
        return DriverManager.getConnection(EmbeddedDatabase.readOnlyUrl(database));
    }

    /** Compares the embedded database below a data directory with the truth, when one agent has read all nodes. */
    public static TableVerdict check(Path data, Truth truth, String sourceIp) throws SQLException, IOException {
        try (Connection connection = open(DataDirectory.database(data))) {
            return TruthCheck.check(truth, connection, sourceIp);
        }
    }

    /** Compares the embedded database of a demo with the truth of its nodes. */
    public static TableVerdict check(DataDirectory data, Truth truth) throws SQLException, IOException {
        try (Connection connection = open(DataDirectory.database(data.root()))) {
            return TruthCheck.check(truth, connection);
        }
    }
}
