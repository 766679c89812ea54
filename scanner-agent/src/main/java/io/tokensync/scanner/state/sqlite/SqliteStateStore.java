package io.tokensync.scanner.state.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.StateStore;

/**
 * The state in one SQLite file: what was published of each token (about 63 bytes), in checked chunks ({@link RowChunks}) by
 * database and place, so that it is read in the order of the node's own rows. WAL mode; every commit is synced, because the
 * reservation of versions must survive a power cut. A batch of rows is one commit.
 */
final class SqliteStateStore implements StateStore {
    static final String SOURCE_IP = "source_ip";
    private static final String AGENT_ID = "agent_id";
    static final String VERSION_CEILING = "version_ceiling";

    private final StateDatabase sql;
    private final Clock clock;
    private final StandingProblems standing;

    SqliteStateStore(StateDatabase sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.standing = new StandingProblems(sql, clock);
    }

    @Override
    public Optional<String> sourceIp() {
        return setting(SOURCE_IP);
    }

    @Override
    public void setSourceIp(String sourceIp) {
        sql.transaction(() -> {
            if (!setting(SOURCE_IP).equals(Optional.of(sourceIp))) {
                sql.update("DELETE FROM chunk");
                sql.update("DELETE FROM rejected");
                sql.update("DELETE FROM intent");
                sql.update("DELETE FROM scan");
                sql.update("DELETE FROM verification");
                sql.update("DELETE FROM database");
                set(SOURCE_IP, sourceIp);
            }
        });
    }

    @Override
    public String agentId() {
        return setting(AGENT_ID).orElseGet(() -> {
            String fresh = UUID.randomUUID().toString();
            set(AGENT_ID, fresh);
            return fresh;
        });
    }

    @Override
    public long versionCeiling() {
        try {
            return setting(VERSION_CEILING).map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException e) {
            throw new CorruptStateException("the agent's state has a reservation of versions that is no number", e);
        }
    }

    @Override
    public void reserveVersions(long ceiling) {
        set(VERSION_CEILING, Long.toString(ceiling));
    }

    @Override
    public DatabaseStore database(String nodeName, String path) {
        sql.update("""
                INSERT INTO database (node_name, path) VALUES (?, ?)
                ON CONFLICT (node_name) DO UPDATE SET path = excluded.path, stamp = NULL
                WHERE path <> excluded.path""", nodeName, path);
        return sql.query(this::stored, StoredDatabase.SELECT + " WHERE node_name = ?", nodeName).getFirst();
    }

    @Override
    public List<DatabaseStore> databases() {
        return sql.query(this::stored, StoredDatabase.SELECT + " ORDER BY path");
    }

    @Override
    public void setProblems(List<Problem> problems) {
        standing.set(problems);
    }

    @Override
    public boolean hasFailed() {
        return sql.hasFailed();
    }

    @Override
    public void close() {
        sql.close();
    }

    private DatabaseStore stored(ResultSet row) throws SQLException {
        return new SqliteDatabaseStore(sql, clock, row.getLong(1), StoredDatabase.read(row));
    }

    private Optional<String> setting(String name) {
        return sql.query(row -> row.getString(1), "SELECT value FROM setting WHERE name = ?", name).stream()
                .findFirst();
    }

    private void set(String name, String value) {
        sql.update("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value);
    }
}
