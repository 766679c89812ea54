package io.tokensync.standalone.demo.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.time.Sleeper;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.standalone.data.jdbc.Snapshot;

/** Comparisons of the embedded database with the truth. */
public final class EmbeddedConnection {
    private EmbeddedConnection() {}

    /** The database below a data directory, whoever has it open, when one agent has read all nodes. */
    public static TableVerdict check(Path data, Truth truth, String sourceIp, Clock clock)
            throws SQLException, IOException, InterruptedException {
        try (Snapshot snapshot = Snapshot.open(data, clock, Sleeper.system());
                Connection connection = snapshot.connect()) {
            return TruthCheck.check(truth, connection, sourceIp);
        }
    }

    /** The database of a demo, in the process that has it open, with the truth of its nodes. */
    public static TableVerdict check(DataDirectory data, Truth truth) throws SQLException, IOException {
        SqlSettings reader = EmbeddedDatabase.of(data.root()).reader();
        try (Connection connection = DriverManager.getConnection(reader.url(), reader.user().orElseThrow(),
                reader.password().map(Secret::reveal).orElseThrow())) {
            return TruthCheck.check(truth, connection);
        }
    }
}
