package io.tokensync.scanner.state.sqlite;

import java.util.ArrayList;
import java.util.List;

import io.tokensync.scanner.state.PublishedRow;

/**
 * Where rows are cut into chunks. A page of the file has 4,096 bytes and takes one chunk with its other columns; a longer
 * chunk takes more pages and is read as well, as that of one row with a very long id.
 */
final class ChunkCut {
    /** A chunk with more is divided. */
    private static final int MAX_BYTES = 3_950;

    /** A chunk with as many is full: 64 rows with a CID. The room up to the maximum is for versions that change. */
    private static final int FULL_BYTES = 3_700;
    private static final int SMALL_BYTES = FULL_BYTES / 4;

    private ChunkCut() {}

    /** Chunks of rows behind which more are expected: full ones, and one of what remains. */
    static List<List<PublishedRow>> full(List<PublishedRow> rows) {
        return cut(rows, FULL_BYTES);
    }

    /** Chunks of about the same size with room for rows between them; one when that is enough, none for no rows. */
    static List<List<PublishedRow>> even(List<PublishedRow> rows) {
        int bytes = bytes(rows);
        return cut(rows, bytes <= MAX_BYTES ? MAX_BYTES : bytes / (bytes / FULL_BYTES + 1));
    }

    /** Whether so little is left of a chunk that it should not stand alone. */
    static boolean isSmall(List<PublishedRow> rows) {
        return !rows.isEmpty() && bytes(rows) < SMALL_BYTES;
    }

    /** Cuts behind the row with which a chunk has enough, but never between rows of one place. */
    private static List<List<PublishedRow>> cut(List<PublishedRow> rows, int enough) {
        List<List<PublishedRow>> chunks = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int to = from;
            PublishedRow last = null;
            for (int bytes = 0; to < rows.size() && (bytes < enough || isSamePlace(last, rows.get(to))); to++) {
                bytes += RowChunk.bytes(last, rows.get(to));
                last = rows.get(to);
            }
            chunks.add(rows.subList(from, to));
            from = to;
        }
        return chunks;
    }

    /** Bytes of all rows as one chunk. */
    private static int bytes(List<PublishedRow> rows) {
        int bytes = 0;
        PublishedRow last = null;
        for (PublishedRow row : rows) {
            bytes += RowChunk.bytes(last, row);
            last = row;
        }
        return bytes;
    }

    private static boolean isSamePlace(PublishedRow one, PublishedRow other) {
        return one.key().comparePlace(other.key().table(), other.key().rowid()) == 0;
    }
}
