package io.tokensync.scanner.state.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import io.tokensync.scanner.state.TrackedDatabase;
import io.tokensync.scanner.state.TrackedDatabase.Held;

/** The columns of a database in the state. */
final class StoredDatabase {
    /** Its id, then in the order in which {@link #read} reads them. */
    static final String SELECT = """
            SELECT id, node_name, path, stamp, coalesce(CAST(read_at AS TEXT), stamp) IS NOT NULL, held_fingerprint,
              held_scans, held_at, held_time
            FROM database LEFT JOIN scan ON scan.database = database.id""";

    private StoredDatabase() {}

    static TrackedDatabase read(ResultSet row) throws SQLException {
        return new TrackedDatabase(row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5),
                held(row, 6));
    }

    /** From four columns, of which this is the first. */
    static Held held(ResultSet row, int first) throws SQLException {
        return new Held(row.getLong(first), row.getInt(first + 1), Instant.ofEpochMilli(row.getLong(first + 2)),
                Duration.ofMillis(row.getLong(first + 3)));
    }
}
