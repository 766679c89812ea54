package io.tokensync.scanner.state.sqlite;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.Damage;
import io.tokensync.scanner.state.MissingRow;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.ScanCheckpoint;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.TrackedDatabase;

/**
 * The state in one SQLite file: what was published of each token (about 63 bytes), in checked chunks ({@link RowChunks}) by
 * database and place, so that it is read in the order of the node's own rows. WAL mode; every commit is synced, because the
 * reservation of versions must survive a power cut. A batch of rows is one commit.
 */
final class SqliteStateStore implements StateStore {
    static final String SOURCE_IP = "source_ip";
    static final String VERSION_CEILING = "version_ceiling";
    private static final int PAGE = 5_000;

    private final StateDatabase sql;
    private final Clock clock;
    private final RowChunks rows;
    private final StandingProblems standing;
    private long scan;
    private long lastIntent;
    private boolean anyDoubted;

    SqliteStateStore(StateDatabase sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.rows = new RowChunks(sql);
        this.standing = new StandingProblems(sql, clock);
        this.scan = sql.query(row -> row.getLong(1), "SELECT coalesce(max(scan), 0) FROM rejected").getFirst();
        this.lastIntent = sql.query(row -> row.getLong(1), "SELECT coalesce(max(id), 0) FROM intent").getFirst();
    }

    @Override
    public Optional<String> sourceIp() {
        return setting(SOURCE_IP);
    }

    @Override
    public void setSourceIp(String sourceIp) {
        sql.transaction(() -> {
            if (!setting(SOURCE_IP).equals(Optional.of(sourceIp))) {
                rows.forgetAll();
                sql.update("DELETE FROM rejected");
                sql.update("DELETE FROM intent");
                sql.update("DELETE FROM scan");
                sql.update("DELETE FROM database");
                set(SOURCE_IP, sourceIp);
            }
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
    public TrackedDatabase database(String nodeName, String path) {
        sql.update("""
                INSERT INTO database (node_name, path) VALUES (?, ?)
                ON CONFLICT (node_name) DO UPDATE SET path = excluded.path, stamp = NULL
                WHERE path <> excluded.path""", nodeName, path);
        return sql.query(StoredDatabase::read, StoredDatabase.SELECT + " WHERE node_name = ?", nodeName).getFirst();
    }

    @Override
    public List<TrackedDatabase> databases() {
        return sql.query(StoredDatabase::read, StoredDatabase.SELECT + " ORDER BY path");
    }

    @Override
    public void forget(long database) {
        sql.transaction(() -> {
            rows.forget(database);
            sql.update("DELETE FROM rejected WHERE database = ?", database);
            sql.update("DELETE FROM intent WHERE database = ?", database);
            sql.update("DELETE FROM scan WHERE database = ?", database);
            sql.update("DELETE FROM database WHERE id = ?", database);
        });
    }

    @Override
    public Damage repair(long database) {
        int[] pieces = {0};
        sql.transaction(() -> {
            pieces[0] = new RowRepair(sql, clock, database).run();
            sql.update("UPDATE database SET stamp = NULL WHERE id = ?", database);
            sql.update("UPDATE scan SET read_at = NULL WHERE database = ?", database);
        });
        return new Damage(pieces[0], sql.file());
    }

    @Override
    public long rowCount(long database) {
        return rows.count(database);
    }

    @Override
    public List<PublishedRow> rowsAfter(long database, PublishedKey key, int limit) {
        return rows.after(database, key, limit);
    }

    @Override
    public OptionalLong rejectedHash(long database, int table, long rowid) {
        List<Long> found = sql.query(row -> row.getLong(1),
                "SELECT hash FROM rejected WHERE database = ? AND tbl = ? AND place = ?", database, table, rowid);
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.getFirst());
    }

    @Override
    public void beginScan(long database) {
        scan++;
        anyDoubted = false;
        sql.update("DELETE FROM missing");
        sql.update("DELETE FROM arrived");
        sql.transaction(() -> {
            sql.query(row -> Intent.read(row.getBytes(1)), "SELECT data FROM intent WHERE database = ?", database)
                    .forEach(intent -> breakOff(database, intent));
            sql.update("DELETE FROM intent WHERE database = ?", database);
        });
    }

    @Override
    public void together(Runnable calls) {
        sql.transaction(calls::run);
    }

    @Override
    public long intend(long database, List<PublishedRow> published, List<PublishedKey> deleted) {
        lastIntent++;
        sql.transaction(() -> {
            sql.update("INSERT INTO intent (id, database, data) VALUES (?, ?, ?)", lastIntent, database,
                    Intent.of(published, deleted).write());
            rows.apply(database, RowEdit.of(published, List.of()));
            sql.update("UPDATE database SET stamp = NULL WHERE id = ? AND stamp IS NOT NULL", database);
        });
        return lastIntent;
    }

    @Override
    public void apply(long database, long intent, StateChanges changes) {
        sql.transaction(() -> {
            sql.update("DELETE FROM intent WHERE id = ?", intent);
            sql.update("INSERT INTO scan (database, acknowledged_at) VALUES (?, ?)"
                    + " ON CONFLICT (database) DO UPDATE SET acknowledged_at = excluded.acknowledged_at", database,
                    clock.millis());
            rows.apply(database, RowEdit.of(changes.known(), changes.forgotten()));
            sql.updates("INSERT OR REPLACE INTO rejected (database, tbl, place, hash, scan) VALUES (?, ?, ?, ?, ?)",
                    changes.rejected(),
                    mark -> new Object[]{database, mark.table(), mark.rowid(), mark.hash(), scan});
        });
    }

    @Override
    public void addMissing(List<PublishedKey> missing) {
        sql.transaction(() -> sql.updates("INSERT OR REPLACE INTO missing (tbl, place, token_id) VALUES (?, ?, ?)",
                missing, key -> new Object[]{key.table(), key.rowid(), key.tokenId()}));
    }

    @Override
    public void addArrived(List<String> tokenIds) {
        sql.transaction(() -> sql.updates("INSERT OR REPLACE INTO arrived (token_id) VALUES (?)", tokenIds,
                tokenId -> new Object[]{tokenId}));
    }

    @Override
    public List<MissingRow> missingAfter(PublishedKey key, int limit) {
        return sql.query(
                row -> new MissingRow(new PublishedKey(row.getInt(1), row.getLong(2), row.getString(3)),
                        row.getBoolean(4)),
                """
                        SELECT tbl, place, token_id, token_id IN (SELECT token_id FROM arrived) FROM missing
                        WHERE (tbl, place, token_id) > (?, ?, ?) ORDER BY tbl, place, token_id LIMIT ?""",
                key.table(), key.rowid(), key.tokenId(), limit);
    }

    @Override
    public void doubtOtherPlaces(long database, Collection<PublishedKey> deleted) {
        Set<PublishedKey> places = new HashSet<>(deleted);
        Set<String> ids = deleted.stream().map(PublishedKey::tokenId).collect(Collectors.toSet());
        sql.transaction(() -> anyDoubted |= doubt(database,
                row -> ids.contains(row.key().tokenId()) && !places.contains(row.key())));
    }

    private void breakOff(long database, Intent intent) {
        if (intent.hasRows()) {
            doubt(database, row -> row.version() >= intent.lowestVersion());
        }
        rows.apply(database, RowEdit.of(intent.deleted().stream().map(PublishedRow::dirty).toList(), List.of()));
    }

    /** Makes those of all rows dirty, and returns whether there were any. */
    private boolean doubt(long database, Predicate<PublishedRow> which) {
        boolean any = false;
        List<PublishedRow> page = rows.after(database, PublishedKey.FIRST, PAGE);
        while (!page.isEmpty()) {
            List<PublishedRow> doubted = page.stream().filter(which).map(row -> PublishedRow.dirty(row.key()))
                    .toList();
            rows.apply(database, RowEdit.of(doubted, List.of()));
            any |= !doubted.isEmpty();
            page = rows.after(database, page.getLast().key(), PAGE);
        }
        return any;
    }

    @Override
    public void forgetMoved(long database, List<PublishedKey> moved) {
        sql.transaction(() -> {
            rows.apply(database, RowEdit.of(List.of(), moved));
            sql.updates("DELETE FROM missing WHERE tbl = ? AND place = ? AND token_id = ?", moved,
                    key -> new Object[]{key.table(), key.rowid(), key.tokenId()});
        });
    }

    @Override
    public void endScan(long database, ScanCheckpoint end) {
        sql.transaction(() -> {
            sql.update("DELETE FROM rejected WHERE database = ? AND scan <> ?", database, scan);
            sql.update("UPDATE database SET stamp = ?, held_fingerprint = ?, held_scans = ?, held_at = ?, held_time = ?"
                    + " WHERE id = ?", anyDoubted ? null : end.stamp(), end.held().fingerprint(), end.held().scans(),
                    end.held().at().toEpochMilli(), end.held().time().toMillis(), database);
            sql.update("""
                    INSERT INTO scan (database, read_at, changed_at, held_rows) VALUES (?, ?, ?, ?)
                    ON CONFLICT (database) DO UPDATE SET read_at = excluded.read_at, changed_at = excluded.changed_at,
                      held_rows = excluded.held_rows""", database, end.readAt().toEpochMilli(),
                    end.changedAt().toEpochMilli(), end.heldRows());
        });
    }

    @Override
    public void remember(long database, String stamp) {
        sql.update("UPDATE database SET stamp = ? WHERE id = ?", stamp, database);
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

    private Optional<String> setting(String name) {
        return sql.query(row -> row.getString(1), "SELECT value FROM setting WHERE name = ?", name).stream()
                .findFirst();
    }

    private void set(String name, String value) {
        sql.update("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value);
    }
}
