package io.tokensync.scanner.state.sqlite;

import java.util.ArrayList;
import java.util.List;

import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/**
 * The published rows of one database, in chunks of about a page of the file. The chunks divide the database's places
 * among them: each holds those from its own first one up to the first one of the next. Rows that come behind all others fill
 * chunks; a chunk that grows too large elsewhere is divided evenly, and one of which little is left is put to the next.
 *
 * <p>What is read is checked: a chunk that was changed, that is in the place of another or reaches into the next one is a
 * {@code DamagedRowsException}. A chunk that is missing as a whole is not noticed; its rows are published again.
 */
final class RowChunks {
    /** From the chunk that the place belongs to: the last one that does not begin above it, else the first of all. */
    private static final String FROM = "SELECT " + StoredChunk.COLUMNS
            + " FROM chunk WHERE database = ?1 AND place >= coalesce("
            + "(SELECT max(place) FROM chunk WHERE database = ?1 AND place <= ?2), x'') ORDER BY place";
    private static final String FROM_TWO = FROM + " LIMIT 2";

    private final StateDatabase sql;
    private final long database;

    /** @param database number of the database in the state */
    RowChunks(StateDatabase sql, long database) {
        this.sql = sql;
        this.database = database;
    }

    /** How many rows there are. */
    long count() {
        return sql.query(row -> row.getLong(1), "SELECT coalesce(sum(rows), 0) FROM chunk WHERE database = ?", database)
                .getFirst();
    }

    void forget() {
        sql.update("DELETE FROM chunk WHERE database = ?", database);
    }

    /** Rows behind this one in the order of keys, at most that many. */
    List<PublishedRow> after(PublishedKey key, int limit) {
        List<PublishedRow> found = new ArrayList<>();
        PublishedKey[] last = {null};
        sql.each(row -> {
            List<PublishedRow> rows = StoredChunk.of(database, row).rows();
            StoredChunk.require(last[0] == null || last[0].compareTo(rows.getFirst().key()) < 0);
            last[0] = rows.getLast().key();
            int from = found.isEmpty() ? firstBehind(rows, key) : 0;
            found.addAll(rows.subList(from, from + Math.min(rows.size() - from, limit - found.size())));
            return found.size() < limit;
        }, FROM, database, StoredChunk.place(key));
        return found;
    }

    /** Applies edits, as {@link RowEdit#of} makes them; in a transaction of the caller. */
    void apply(List<RowEdit> edits) {
        int done = 0;
        while (done < edits.size()) {
            done += applySome(edits.subList(done, edits.size()));
        }
    }

    /** Applies those edits that belong to the same chunk as the first one, and returns how many. */
    private int applySome(List<RowEdit> edits) {
        List<StoredChunk> two = sql.query(row -> StoredChunk.of(database, row), FROM_TWO, database,
                StoredChunk.place(edits.getFirst().key()));
        StoredChunk chunk = two.isEmpty() ? null : two.getFirst();
        StoredChunk next = two.size() < 2 ? null : two.getLast();
        List<PublishedRow> before = chunk == null ? List.of() : chunk.rows();
        int count = edits.size();
        if (next != null) {
            StoredChunk.require(!next.isNotBehind(before.getLast().key()));
            count = countBefore(edits, next);
            StoredChunk.require(count > 0); // else the index leads astray, and this would never end
        }
        List<PublishedRow> rows = RowEdit.merge(before, edits.subList(0, count));
        if (next != null && ChunkCut.isSmall(rows)) {
            delete(next);
            rows.addAll(next.rows());
        }
        replace(chunk, next == null ? ChunkCut.full(rows) : ChunkCut.even(rows));
        return count;
    }

    /** Puts chunks of these rows into the place of an old one, which may be null. */
    private void replace(StoredChunk old, List<List<PublishedRow>> chunks) {
        if (chunks.isEmpty() && old != null) {
            delete(old);
        }
        StoredChunk place = old;
        for (List<PublishedRow> rows : chunks) {
            put(place, rows);
            place = null;
        }
    }

    private void put(StoredChunk place, List<PublishedRow> rows) {
        byte[] data = RowChunk.write(rows);
        int checksum = RowChunk.checksum(database, data);
        byte[] first = StoredChunk.place(rows.getFirst().key());
        if (place == null) {
            sql.update("INSERT INTO chunk (database, place, rows, checksum, data) VALUES (?, ?, ?, ?, ?)", database,
                    first, rows.size(), checksum, data);
        } else if (!place.isPlaceOf(rows)) {
            sql.update("UPDATE chunk SET place = ?, rows = ?, checksum = ?, data = ? WHERE id = ?", first, rows.size(),
                    checksum, data, place.id());
        } else if (!place.holds(data)) {
            // The index stays as it is, which spares a page of the file.
            sql.update("UPDATE chunk SET checksum = ?, data = ? WHERE id = ?", checksum, data, place.id());
        }
    }

    private void delete(StoredChunk chunk) {
        sql.update("DELETE FROM chunk WHERE id = ?", chunk.id());
    }

    private static int firstBehind(List<PublishedRow> rows, PublishedKey key) {
        int at = 0;
        while (at < rows.size() && rows.get(at).key().compareTo(key) <= 0) {
            at++;
        }
        return at;
    }

    private static int countBefore(List<RowEdit> edits, StoredChunk next) {
        int at = 0;
        while (at < edits.size() && !next.isNotBehind(edits.get(at).key())) {
            at++;
        }
        return at;
    }
}
