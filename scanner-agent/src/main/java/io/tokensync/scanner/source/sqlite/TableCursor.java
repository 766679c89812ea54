package io.tokensync.scanner.source.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.sqlite.file.NodeConnection;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.watch.Job;
import io.tokensync.scanner.watch.Watchdog;

/**
 * Scans one table by rowid, which is the order in which its rows lie in the file, up to the row that was last when the
 * table scan began: a node that writes as fast as it is read does not keep it from ending. Holds a few pages, and reads as
 * many ahead when there are more. Between any two the node can write.
 */
final class TableCursor {
    /** Pages that are read at once; one by one, threads would wait for each other more often than they work. */
    private static final int PAGES = 4;
    private static final int LOWEST = 1;
    private static final int HIGHEST = 2;
    private static final int LIMIT = 3;

    private final NodeConnection connection;
    private final DatabaseWatch watch;
    private final TableLayout layout;
    private final TableQueries queries;
    private final PagePace pace;

    private PreparedStatement statement;
    private PreparedStatement carefulStatement;
    private long lowest = Long.MIN_VALUE;
    private long highest;
    private Job<List<RawRow>, DatabaseProblemException> next;
    private Iterator<RawRow> rows = List.<RawRow>of().iterator();
    private boolean started;
    /** Of the reading thread while it reads. */
    private boolean more;

    TableCursor(NodeConnection connection, DatabaseWatch watch, TableLayout layout, TableQueries queries,
            ReadingConfig config) {
        this.connection = connection;
        this.watch = watch;
        this.layout = layout;
        this.queries = queries;
        this.pace = new PagePace(PageLimit.of(config), connection.writersWait(), connection.sleeper());
    }

    /** The next row; null at the end. */
    RawRow next() throws DatabaseProblemException, InterruptedException {
        if (!started) {
            started = true;
            next = start(_ -> first());
        }
        while (!rows.hasNext() && next != null) {
            rows = watch.await(connection.file(), next).iterator();
            next = more ? start(_ -> read()) : null;
        }
        return rows.hasNext() ? rows.next() : null;
    }

    private Job<List<RawRow>, DatabaseProblemException> start(
            Watchdog.Task<List<RawRow>, DatabaseProblemException> task) throws DatabaseProblemException {
        return watch.start(connection.file(), "reading rows of " + layout.table().tableName(), task);
    }

    private List<RawRow> first() throws DatabaseProblemException, InterruptedException {
        more = connection.read(() -> {
            try (PreparedStatement last = connection.prepare(queries.highestRowid());
                    ResultSet result = last.executeQuery()) {
                highest = result.getLong(1);
                return !result.wasNull();
            }
        });
        return read();
    }

    /** Reads several pages. */
    private List<RawRow> read() throws DatabaseProblemException, InterruptedException {
        List<RawRow> read = new ArrayList<>();
        for (int pages = 0; more && pages < PAGES; pages++) {
            PageLimit limit = pace.next();
            RowPage page = connection.read(
                    () -> RowPage.read(layout, () -> usual(limit), () -> careful(limit), limit));
            pace.took(page.nanos());
            read.addAll(page.rows());
            more = page.full() && page.rows().getLast().rowid() < highest;
            lowest = more ? page.rows().getLast().rowid() + 1 : highest;
        }
        return read;
    }

    private PreparedStatement usual(PageLimit limit) throws SQLException {
        if (statement == null) {
            statement = connection.prepare(queries.page());
        }
        return bind(statement, limit);
    }

    private PreparedStatement careful(PageLimit limit) throws SQLException {
        if (carefulStatement == null) {
            carefulStatement = connection.prepare(queries.carefulPage());
        }
        return bind(carefulStatement, limit);
    }

    private PreparedStatement bind(PreparedStatement page, PageLimit limit) throws SQLException {
        page.setLong(LOWEST, lowest);
        page.setLong(HIGHEST, highest);
        page.setInt(LIMIT, limit.rows());
        return page;
    }
}
