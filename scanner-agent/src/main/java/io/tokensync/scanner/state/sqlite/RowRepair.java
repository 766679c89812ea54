package io.tokensync.scanner.state.sqlite;

import java.time.Clock;
import java.util.List;

import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/**
 * Repairs the state of one database. What is damaged is quarantined as it is. Of all other rows only the keys are kept: the
 * damage may have taken the newest of two places of a row, so what looks unchanged in the other one is not believed either.
 */
final class RowRepair {
    private final StateDatabase sql;
    private final Clock clock;
    private final long database;
    private PublishedKey last;
    private int damaged;

    RowRepair(StateDatabase sql, Clock clock, long database) {
        this.sql = sql;
        this.clock = clock;
        this.database = database;
    }

    /**
     * Repairs it, in a transaction of the caller, and returns how many chunks and intents were damaged.
     *
     * @throws CorruptStateException when the file itself is damaged
     */
    int run() {
        for (long chunk : ids("SELECT id FROM chunk WHERE database = ? ORDER BY place")) {
            try {
                keepKeys(chunk);
            } catch (DamagedRowsException _) {
                quarantine("chunk", "place, rows, checksum, data", chunk);
            }
        }
        for (long intent : ids("SELECT id FROM intent WHERE database = ?")) {
            byte[] data = one(sql.query(row -> row.getBytes(1), "SELECT data FROM intent WHERE id = ?", intent));
            try {
                var _ = Intent.read(data);
            } catch (DamagedRowsException _) {
                quarantine("intent", "x'', 0, 0, data", intent);
            }
        }
        if (damaged == 0) {
            throw indexDamaged();
        }
        return damaged;
    }

    private List<Long> ids(String query) {
        return sql.query(row -> row.getLong(1), query, database);
    }

    private <T> T one(List<T> found) {
        if (found.isEmpty()) {
            throw indexDamaged();
        }
        return found.getFirst();
    }

    /** What was read by the index is not what the table has: SQLite's quick check does not compare them. */
    private CorruptStateException indexDamaged() {
        return new CorruptStateException(
                "the agent's state " + sql.file() + " is damaged: an index names what is not there", null);
    }

    private void keepKeys(long id) {
        List<PublishedRow> rows = one(sql.query(row -> StoredChunk.of(database, row),
                "SELECT " + StoredChunk.COLUMNS + " FROM chunk WHERE id = ?", id)).rows();
        StoredChunk.require(last == null || last.compareTo(rows.getFirst().key()) < 0);
        last = rows.getLast().key();
        byte[] data = RowChunk.write(rows.stream().map(row -> PublishedRow.dirty(row.key())).toList());
        sql.update("UPDATE chunk SET checksum = ?, data = ? WHERE id = ?", RowChunk.checksum(database, data), data, id);
    }

    private void quarantine(String table, String columns, long id) {
        sql.update(
                "INSERT INTO damaged (found_at, source, database, place, rows, checksum, data) SELECT ?, ?, database, "
                        + columns + " FROM " + table + " WHERE id = ?",
                clock.millis(), table, id);
        sql.update("DELETE FROM " + table + " WHERE id = ?", id);
        damaged++;
    }
}
