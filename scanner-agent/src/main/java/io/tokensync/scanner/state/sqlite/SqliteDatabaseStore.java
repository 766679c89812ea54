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

import io.tokensync.scanner.state.Damage;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.MissingRow;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.ScanCheckpoint;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.TrackedDatabase;
import io.tokensync.scanner.state.Verification;

/** What the state file has of one database: rows of each of its tables with the number of the database. */
final class SqliteDatabaseStore implements DatabaseStore {
    private static final int PAGE = 5_000;

    private final StateDatabase sql;
    private final Clock clock;
    private final long database;
    private final TrackedDatabase tracked;
    private final RowChunks rows;
    private final StoredVerification verification;
    private long scan;
    private boolean anyDoubted;

    /** @param database its number in the state */
    SqliteDatabaseStore(StateDatabase sql, Clock clock, long database, TrackedDatabase tracked) {
        this.sql = sql;
        this.clock = clock;
        this.database = database;
        this.tracked = tracked;
        this.rows = new RowChunks(sql, database);
        this.verification = new StoredVerification(sql, database);
    }

    @Override
    public TrackedDatabase tracked() {
        return tracked;
    }

    @Override
    public void forget() {
        sql.transaction(() -> {
            rows.forget();
            sql.update("DELETE FROM rejected WHERE database = ?", database);
            sql.update("DELETE FROM intent WHERE database = ?", database);
            sql.update("DELETE FROM scan WHERE database = ?", database);
            verification.forget();
            sql.update("DELETE FROM database WHERE id = ?", database);
        });
    }

    @Override
    public Damage repair() {
        int[] pieces = {0};
        sql.transaction(() -> {
            pieces[0] = new RowRepair(sql, clock, database).run();
            sql.update("UPDATE database SET stamp = NULL WHERE id = ?", database);
            sql.update("UPDATE scan SET read_at = NULL WHERE database = ?", database);
            verification.forget(); // deletions may have gone unnoticed
        });
        return new Damage(pieces[0], sql.file());
    }

    @Override
    public long rowCount() {
        return rows.count();
    }

    @Override
    public List<PublishedRow> rowsAfter(PublishedKey key, int limit) {
        return rows.after(key, limit);
    }

    @Override
    public OptionalLong rejectedHash(int table, long rowid) {
        List<Long> found = sql.query(row -> row.getLong(1),
                "SELECT hash FROM rejected WHERE database = ? AND tbl = ? AND place = ?", database, table, rowid);
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.getFirst());
    }

    @Override
    public void beginScan() {
        scan = sql.query(row -> row.getLong(1), "SELECT coalesce(max(scan), 0) + 1 FROM rejected WHERE database = ?",
                database).getFirst();
        anyDoubted = false;
        sql.update("DELETE FROM missing");
        sql.update("DELETE FROM arrived");
        sql.transaction(() -> {
            sql.query(row -> Intent.read(row.getBytes(1)), "SELECT data FROM intent WHERE database = ?", database)
                    .forEach(this::breakOff);
            sql.update("DELETE FROM intent WHERE database = ?", database);
        });
    }

    @Override
    public void together(Runnable calls) {
        sql.transaction(calls::run);
    }

    @Override
    public long intend(List<PublishedRow> published, List<PublishedKey> deleted) {
        long intent = sql.query(row -> row.getLong(1), "SELECT coalesce(max(id), 0) + 1 FROM intent").getFirst();
        sql.transaction(() -> {
            sql.update("INSERT INTO intent (id, database, data) VALUES (?, ?, ?)", intent, database,
                    Intent.of(published, deleted).write());
            rows.apply(RowEdit.of(published, List.of()));
            sql.update("UPDATE database SET stamp = NULL WHERE id = ? AND stamp IS NOT NULL", database);
        });
        return intent;
    }

    @Override
    public void apply(long intent, StateChanges changes) {
        sql.transaction(() -> {
            sql.update("DELETE FROM intent WHERE id = ?", intent);
            sql.update("INSERT INTO scan (database, acknowledged_at) VALUES (?, ?)"
                    + " ON CONFLICT (database) DO UPDATE SET acknowledged_at = excluded.acknowledged_at", database,
                    clock.millis());
            rows.apply(RowEdit.of(changes.known(), changes.forgotten()));
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
    public void doubtOtherPlaces(Collection<PublishedKey> deleted) {
        Set<PublishedKey> places = new HashSet<>(deleted);
        Set<String> ids = deleted.stream().map(PublishedKey::tokenId).collect(Collectors.toSet());
        sql.transaction(() -> anyDoubted |= doubt(
                row -> ids.contains(row.key().tokenId()) && !places.contains(row.key())));
    }

    private void breakOff(Intent intent) {
        if (intent.hasRows()) {
            doubt(row -> row.version() >= intent.lowestVersion());
        }
        rows.apply(RowEdit.of(intent.deleted().stream().map(PublishedRow::dirty).toList(), List.of()));
    }

    /** Makes those of all rows dirty, and returns whether there were any. */
    private boolean doubt(Predicate<PublishedRow> which) {
        boolean any = false;
        List<PublishedRow> page = rows.after(PublishedKey.FIRST, PAGE);
        while (!page.isEmpty()) {
            List<PublishedRow> doubted = page.stream().filter(which).map(row -> PublishedRow.dirty(row.key()))
                    .toList();
            rows.apply(RowEdit.of(doubted, List.of()));
            any |= !doubted.isEmpty();
            page = rows.after(page.getLast().key(), PAGE);
        }
        return any;
    }

    @Override
    public void forgetMoved(List<PublishedKey> moved) {
        sql.transaction(() -> {
            rows.apply(RowEdit.of(List.of(), moved));
            sql.updates("DELETE FROM missing WHERE tbl = ? AND place = ? AND token_id = ?", moved,
                    key -> new Object[]{key.table(), key.rowid(), key.tokenId()});
        });
    }

    @Override
    public void endScan(ScanCheckpoint end) {
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
    public void remember(String stamp) {
        sql.update("UPDATE database SET stamp = ? WHERE id = ?", stamp, database);
    }

    @Override
    public void adopt(List<PublishedKey> adopted) {
        sql.transaction(() -> rows.apply(RowEdit.of(adopted.stream().map(PublishedRow::dirty).toList(), List.of())));
    }

    @Override
    public Optional<Verification> verification() {
        return verification.read();
    }

    @Override
    public void remember(Verification last) {
        verification.write(last);
    }
}
