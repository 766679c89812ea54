package io.tokensync.scanner.state.sqlite;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/** A chunk as the file has it; not checked before its rows are asked for. */
final class StoredChunk {
    /** What {@link #of} reads. */
    static final String COLUMNS = "id, place, rows, checksum, data";

    private final long database;
    private final long id;
    private final byte[] place;
    private final int count;
    private final int checksum;
    private final byte[] data;

    private StoredChunk(long database, ResultSet row) throws SQLException {
        this.database = database;
        this.id = row.getLong(1);
        this.place = row.getBytes(2);
        this.count = row.getInt(3);
        this.checksum = row.getInt(4);
        this.data = row.getBytes(5);
    }

    static StoredChunk of(long database, ResultSet row) throws SQLException {
        return new StoredChunk(database, row);
    }

    long id() {
        return id;
    }

    /**
     * Where a chunk with this first row stands, in bytes that sort as the places do: the number of the table, and the rowid
     * in 8 bytes, its sign turned.
     */
    static byte[] place(PublishedKey first) {
        return ByteBuffer.allocate(1 + Long.BYTES).put((byte) first.table()).putLong(first.rowid() ^ Long.MIN_VALUE)
                .array();
    }

    /** Whether a row belongs into this chunk or into one behind it. */
    boolean isNotBehind(PublishedKey key) {
        return place != null && Arrays.compareUnsigned(place, place(key)) <= 0;
    }

    /**
     * Its rows in the order of their keys, at least one.
     *
     * @throws DamagedRowsException when they are not those that were written here
     */
    List<PublishedRow> rows() {
        require(data != null && data.length > 0 && RowChunk.checksum(database, data) == checksum);
        List<PublishedRow> rows = RowChunk.read(data);
        require(rows.size() == count && Arrays.equals(place(rows.getFirst().key()), place));
        for (int i = 1; i < rows.size(); i++) {
            require(rows.get(i - 1).key().compareTo(rows.get(i).key()) < 0);
        }
        return rows;
    }

    /** Whether it stands where a chunk of these rows stands. */
    boolean isPlaceOf(List<PublishedRow> rows) {
        return count == rows.size() && Arrays.equals(place, place(rows.getFirst().key()));
    }

    /** Whether it is written already. */
    boolean holds(byte[] bytes) {
        return Arrays.equals(data, bytes);
    }

    static void require(boolean whole) {
        if (!whole) {
            throw new DamagedRowsException("the agent's state has published rows that were changed or moved", null);
        }
    }
}
