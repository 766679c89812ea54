package io.tokensync.scanner.source.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TuplePlace;
import io.tokensync.scanner.watch.Job;

/**
 * Scans one table by the blocks of its file, up to the one that was last when the scan began. Each page is a transaction of
 * its own, so that the snapshot, which keeps dead rows from being cleaned up, ends with it. While one page is taken in, the
 * next is read.
 */
final class TableScan {
    /** A range of a quarter of a megabyte at first; then as many blocks as a page of rows needs. */
    private static final int FIRST_BLOCKS = 32;
    private static final int MOST_BLOCKS = 4096;
    /** Unread rows take nothing but their place, so that a page may have more of them. */
    private static final int MOST_ROWS = 10_000;
    private static final int FETCH = 1_000;
    private static final int MOST_BYTES = 2 << 20;

    private final PostgresConnection connection;
    private final DatabaseWatch watch;
    private final Path file;
    private final PageQueries queries;
    private final StoredTokens stored;
    private final RowCompletion completion;
    private final int pageRows;
    private final long end;
    private long next;
    private int atOnce = FIRST_BLOCKS;
    private Job<List<RawRow>, DatabaseProblemException> job;
    private Iterator<RawRow> rows = List.<RawRow>of().iterator();

    /**
     * @param blocks of the table
     * @param pageRows most rows of a page that are read
     */
    TableScan(PostgresConnection connection, DatabaseWatch watch, Path file, long blocks, PageQueries queries,
            StoredTokens stored, RowCompletion completion, int pageRows) {
        this.connection = connection;
        this.watch = watch;
        this.file = file;
        this.queries = queries;
        this.stored = stored;
        this.completion = completion;
        this.pageRows = pageRows;
        this.end = TuplePlace.ofBlock(blocks);
    }

    /** The next row; null at the end. */
    RawRow next() throws DatabaseProblemException, InterruptedException {
        while (!rows.hasNext() && (job != null || next < end)) {
            Job<List<RawRow>, DatabaseProblemException> present = job == null ? start() : job;
            rows = watch.await(file, present).iterator();
            job = next < end ? start() : null;
        }
        return rows.hasNext() ? rows.next() : null;
    }

    private Job<List<RawRow>, DatabaseProblemException> start() throws DatabaseProblemException {
        return watch.start(file, "reading rows", _ -> read());
    }

    private List<RawRow> read() throws DatabaseProblemException {
        long to = Math.min(end, TuplePlace.ofBlock(TuplePlace.block(next) + atOnce));
        List<RawRow> page = new ArrayList<>();
        boolean whole = connection.read(c -> {
            boolean all = take(c, to, page);
            completion.complete(c, page);
            return all;
        });
        next = whole ? to : page.getLast().rowid() + 1;
        adapt(whole, page);
        return page;
    }

    private boolean take(Connection c, long to, List<RawRow> page) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(queries.page())) {
            statement.setFetchSize(FETCH);
            statement.setString(1, TuplePlace.text(next));
            statement.setString(2, TuplePlace.text(to));
            try (ResultSet results = statement.executeQuery()) {
                return take(results, page);
            }
        }
    }

    /** Takes rows until the page is full; returns whether it came to the end of the range. */
    private boolean take(ResultSet results, List<RawRow> page) throws SQLException {
        int bytes = 0;
        int read = 0;
        while (results.next()) {
            RawRow row = stored.row(results);
            page.add(row);
            bytes += StoredTokens.bytes(row);
            read += row.isUnread() ? 0 : 1;
            if (bytes >= MOST_BYTES || read >= pageRows || page.size() >= MOST_ROWS) {
                return false;
            }
        }
        return true;
    }

    private void adapt(boolean whole, List<RawRow> page) {
        long read = page.stream().filter(row -> !row.isUnread()).count();
        if (!whole) {
            atOnce = Math.max(1, atOnce / 2);
        } else if (read * 2 < pageRows && page.size() * 2 < MOST_ROWS) {
            atOnce = Math.min(MOST_BLOCKS, atOnce * 2);
        }
    }
}
