package io.tokensync.scanner.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Walks one table by rowid, which is the order in which its rows lie in the file, up to the row that was last when the walk
 * began: a node that writes as fast as it is read does not keep it from ending. Holds one page, and reads one ahead when
 * there are more.
 */
final class TableCursor {
    private static final int LOWEST = 1;
    private static final int HIGHEST = 2;
    private static final int LIMIT = 3;

    private final NodeConnection connection;
    private final PageAhead ahead;
    private final TableLayout layout;
    private final TableQueries queries;
    private final PageLimit limit;

    private PreparedStatement statement;
    private long lowest = Long.MIN_VALUE;
    private long highest;
    private Future<RowPage> nextPage;
    private Iterator<RawRow> page = List.<RawRow>of().iterator();
    private boolean started;
    private boolean more = true;

    TableCursor(NodeConnection connection, PageAhead ahead, TableLayout layout, TableQueries queries,
            ReadingConfig config) {
        this.connection = connection;
        this.ahead = ahead;
        this.layout = layout;
        this.queries = queries;
        this.limit = PageLimit.of(config);
    }

    /** The next row; null at the end. */
    RawRow next() throws DatabaseProblemException, InterruptedException {
        if (!started) {
            started = true;
            start();
        }
        while (!page.hasNext() && more) {
            load();
        }
        return page.hasNext() ? page.next() : null;
    }

    private void start() throws DatabaseProblemException, InterruptedException {
        connection.read(() -> {
            try (PreparedStatement last = connection.prepare(queries.highestRowid());
                    ResultSet result = last.executeQuery()) {
                highest = result.getLong(1);
                more = !result.wasNull();
            }
            return more;
        });
    }

    private void load() throws DatabaseProblemException, InterruptedException {
        RowPage loaded = nextPage == null ? read() : PageAhead.await(nextPage);
        nextPage = null;
        page = loaded.rows().iterator();
        long last = loaded.full() ? loaded.rows().getLast().rowid() : highest;
        more = last < highest;
        if (more) {
            lowest = last + 1;
            nextPage = ahead.start(this::read);
        }
    }

    private RowPage read() throws DatabaseProblemException, InterruptedException {
        return connection.read(() -> RowPage.read(layout, bind(), limit));
    }

    private PreparedStatement bind() throws SQLException {
        if (statement == null) {
            statement = connection.prepare(queries.page());
        }
        statement.setLong(LOWEST, lowest);
        statement.setLong(HIGHEST, highest);
        statement.setInt(LIMIT, limit.rows());
        return statement;
    }
}
