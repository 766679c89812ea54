package io.tokensync.scanner.source.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.sqlite.file.NodeConnection;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.watch.Progress;

/**
 * Reads the token rows of one node database, table by table, each by rowid. Memory is two pages. A row that stays in its
 * place from the beginning to the end of the table scan is met exactly once, whatever the node changes meanwhile; what comes
 * behind the last row of the beginning is left to the next table scan.
 */
public final class TokenReader implements AutoCloseable {
    /** Ids looked up in one transaction: from a cold disk each may take two seeks, and the node waits meanwhile. */
    private static final int LOOKUPS = 20;

    /** Of the rows of so many ids; usual ones have a thousandth of it. */
    private static final int MOST_BYTES = 8 << 20;

    private final Path file;
    private final OpenDatabase database;
    private final DatabaseWatch watch;
    private final NodeConnection connection;
    private final List<TableLayout> layouts;
    private final PageLimit limit;
    private final Iterator<TableCursor> cursors;
    private final List<Problem> remarks = new ArrayList<>();
    private final Set<TokenTable> leftOut = EnumSet.noneOf(TokenTable.class);
    private TableCursor cursor;

    private TokenReader(OpenDatabase database, ReadingConfig config, DatabaseWatch watch) {
        this.file = database.connection().file();
        this.database = database;
        this.watch = watch;
        this.connection = database.connection();
        this.layouts = database.readable();
        this.limit = PageLimit.of(config);
        this.cursors = layouts.stream()
                .map(layout -> new TableCursor(connection, watch, layout, queries(layout), config)).toList().iterator();
    }

    /** A reader that owns the database, also when it cannot be made. */
    static TokenReader of(OpenDatabase database, ReadingConfig config, DatabaseWatch watch)
            throws DatabaseProblemException {
        TokenReader reader = new TokenReader(database, config, watch);
        try {
            reader.leaveOut(database.layouts().stream().filter(layout -> !layout.isReadable()).toList());
            reader.remarkMissingIndexes();
            return reader;
        } catch (DatabaseProblemException e) {
            reader.close();
            throw e;
        }
    }

    /** What the operator should know of a database that can be read. */
    public List<Problem> remarks() {
        return List.copyOf(remarks);
    }

    /** Tables that are there and cannot be read: they say nothing about their rows. */
    public Set<TokenTable> leftOut() {
        return Collections.unmodifiableSet(leftOut);
    }

    /** The next row of the table scan; null at its end. */
    public RawRow next() throws DatabaseProblemException, InterruptedException {
        RawRow row = cursor == null ? null : cursor.next();
        while (row == null && cursors.hasNext()) {
            cursor = cursors.next();
            row = cursor.next();
        }
        return row;
    }

    /**
     * Ids that several rows have, where no index tells: all are sorted, so that it is empty when every table has one, and
     * {@link RawRow} tells then.
     */
    public Set<String> repeatedIds() throws DatabaseProblemException, InterruptedException {
        return isIndexed()
                ? Set.of()
                : watch.call(file, "comparing its ids", progress -> RepeatedIds.find(connection,
                        layouts.stream().map(this::queries).toList(), limit, progress));
    }

    /**
     * The rows with these ids, wherever they are now, each id's in the order of the table scan. They are looked up one by
     * one, a few in a transaction, each id in all tables at once.
     */
    public List<RawRow> find(Collection<String> ids) throws DatabaseProblemException, InterruptedException {
        return watch.call(file, "looking up rows", progress -> find(ids, progress));
    }

    private List<RawRow> find(Collection<String> ids, Progress progress)
            throws DatabaseProblemException, InterruptedException {
        List<RawRow> found = new ArrayList<>();
        List<String> all = List.copyOf(ids);
        int atOnce = isIndexed() ? LOOKUPS : 1;
        for (int from = 0; from < all.size(); from += atOnce) {
            List<String> some = all.subList(from, Math.min(from + atOnce, all.size()));
            RowPage page = connection.read(() -> connection.inTransaction(() -> lookUp(some)));
            if (page.full()) {
                throw new DatabaseProblemException(new Problem(ProblemKind.TOO_MANY_REPEATED_IDS, connection.file(),
                        "more than " + (PageLimit.LOOKUP.rows() - 1) + " rows, or very long ones, have one id"), null);
            }
            found.addAll(page.rows());
            progress.made();
        }
        return found;
    }

    private RowPage lookUp(List<String> ids) throws SQLException {
        List<RawRow> found = new ArrayList<>();
        boolean full = false;
        int bytes = 0;
        for (TableLayout layout : layouts) {
            TableQueries queries = queries(layout);
            try (PreparedStatement usual = connection.prepare(queries.byId());
                    PreparedStatement careful = connection.prepare(queries.carefulById())) {
                for (int i = 0; i < ids.size() && !full; i++) {
                    String id = ids.get(i);
                    RowPage page = RowPage.read(layout, () -> withId(usual, id), () -> withId(careful, id),
                            PageLimit.LOOKUP);
                    found.addAll(page.rows());
                    bytes += page.bytes();
                    full |= page.full() || bytes >= MOST_BYTES;
                }
            }
        }
        return new RowPage(found, full, bytes, 0);
    }

    private static PreparedStatement withId(PreparedStatement statement, String id) throws SQLException {
        statement.setString(1, id);
        return statement;
    }

    @Override
    public void close() {
        watch.close(file, database::close);
    }

    private boolean isIndexed() {
        return layouts.stream().allMatch(TableLayout::uniqueId);
    }

    /** Where every table has its index, the tables before this one are asked for its ids. */
    private TableQueries queries(TableLayout layout) {
        return new TableQueries(layout, isIndexed() ? layouts.subList(0, layouts.indexOf(layout)) : List.of());
    }

    /** Remarks tables that are made otherwise than in any version known; without TokensTable it is no node's. */
    private void leaveOut(List<TableLayout> unreadable) throws DatabaseProblemException {
        for (TableLayout layout : unreadable) {
            TokenTable table = layout.table();
            Problem problem = new Problem(layout.hasId() ? ProblemKind.NO_ROWID : ProblemKind.NO_ID_COLUMN,
                    connection.file(), "its table " + table.tableName() + (layout.hasId()
                            ? layout.obstacle()
                            : " has no column " + table.nameOf(TokenColumn.TOKEN_ID)));
            if (table.marksANode()) {
                throw new DatabaseProblemException(problem, null);
            }
            remarks.add(problem);
            leftOut.add(table);
        }
    }

    private void remarkMissingIndexes() {
        for (TableLayout layout : layouts) {
            if (!layout.uniqueId()) {
                remarks.add(new Problem(ProblemKind.NO_UNIQUE_INDEX, connection.file(),
                        layout.table().tableName() + " has no unique index on its id"));
            }
        }
    }
}
