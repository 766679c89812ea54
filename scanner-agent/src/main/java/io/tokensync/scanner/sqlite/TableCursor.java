package io.tokensync.scanner.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;

import io.tokensync.scanner.sqlite.TableQueries.Stray;

/**
 * Walks one table: rows with a text id in key order, then the rest by rowid. Holds one page, and reads one ahead when there
 * are more.
 */
final class TableCursor {
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int THIRD = 3;
    private static final int FOURTH = 4;
    /** Where ids do not repeat, a row that was replaced meanwhile has another rowid and is still the same row. */
    private static final long NO_ROWID_BEHIND = Long.MAX_VALUE;

    private final NodeConnection connection;
    private final PageAhead ahead;
    private final TableLayout layout;
    private final TableQueries queries;
    private final boolean uniqueId;
    private final PageLimit limit;
    private final Iterator<Stray> strays = List.of(Stray.values()).iterator();

    private PreparedStatement statement;
    private Stray stray;
    private Future<RowPage> nextPage;
    private byte[] lastId = new byte[0];
    private long lastRowid = Long.MIN_VALUE;
    private Iterator<RawRow> page = List.<RawRow>of().iterator();
    private boolean more = true;
    private RawRow current;

    TableCursor(NodeConnection connection, PageAhead ahead, TableLayout layout, ReadingConfig config) {
        this.connection = connection;
        this.ahead = ahead;
        this.layout = layout;
        this.queries = new TableQueries(layout);
        this.uniqueId = layout.uniqueId();
        this.limit = PageLimit.of(config);
    }

    /** Moves to the next row, and returns whether there is one. */
    boolean advance() throws DatabaseProblemException, InterruptedException {
        while (!page.hasNext()) {
            if (!more && !nextStray()) {
                current = null;
                return false;
            }
            load();
        }
        current = page.next();
        return true;
    }

    /** The row it stands on. */
    RawRow current() {
        return current;
    }

    private boolean nextStray() throws DatabaseProblemException, InterruptedException {
        if (!strays.hasNext()) {
            return false;
        }
        stray = strays.next();
        lastRowid = Long.MIN_VALUE;
        statement = null;
        return true;
    }

    private void load() throws DatabaseProblemException, InterruptedException {
        RowPage loaded = nextPage == null ? read() : PageAhead.await(nextPage);
        nextPage = null;
        page = loaded.rows().iterator();
        more = loaded.isFull();
        if (more) {
            lastId = loaded.lastId();
            lastRowid = uniqueId && stray == null ? NO_ROWID_BEHIND : loaded.rows().getLast().rowid();
            nextPage = ahead.start(this::read);
        }
    }

    private RowPage read() throws DatabaseProblemException, InterruptedException {
        return connection.read(() -> RowPage.read(layout, bind(), limit));
    }

    private PreparedStatement bind() throws SQLException {
        if (statement == null) {
            statement = connection.prepare(stray == null ? queries.textPage() : queries.strayPage(stray));
        }
        if (stray == null) {
            statement.setBytes(FIRST, lastId);
            statement.setBytes(SECOND, lastId);
            statement.setLong(THIRD, lastRowid);
            statement.setInt(FOURTH, limit.rows());
        } else {
            statement.setLong(FIRST, lastRowid);
            statement.setInt(SECOND, limit.rows());
        }
        return statement;
    }
}
