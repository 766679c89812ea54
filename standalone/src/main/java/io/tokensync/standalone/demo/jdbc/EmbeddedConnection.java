package io.tokensync.standalone.demo.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

/** Comparisons of the embedded database with the truth. */
public final class EmbeddedConnection {
    private EmbeddedConnection() {}

    /** The database below a data directory, whoever writes it, when one agent has read all nodes. */
    public static TableVerdict check(Path data, Truth truth, String sourceIp) throws SQLException, IOException {
        try (Connection connection = EmbeddedDatabase.of(data).existing().connectToRead()) {
            return TruthCheck.check(truth, connection, sourceIp);
        }
    }

    /** The database of a demo, with the truth of its nodes. */
    public static TableVerdict check(DataDirectory data, Truth truth) throws SQLException, IOException {
        try (Connection connection = EmbeddedDatabase.of(data.root()).connectToRead()) {
            return TruthCheck.check(truth, connection);
        }
    }
}
