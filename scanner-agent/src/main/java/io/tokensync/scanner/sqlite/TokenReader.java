package io.tokensync.scanner.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

/**
 * Reads the token rows of one node database, table by table, each by rowid. Memory is two pages. A row that stays in its
 * place from the beginning to the end of the walk is met exactly once, whatever the node changes meanwhile; what comes
 * behind the last row of the beginning is left to the next walk.
 */
public final class TokenReader implements AutoCloseable {
    /** Ids looked up in one transaction: from a cold disk each may take two seeks, and the node waits meanwhile. */
    private static final int LOOKUPS = 20;

    private final NodeConnection connection;
    private final ReadAhead ahead = new ReadAhead();
    private final List<TableLayout> layouts;
    private final PageLimit limit;
    private final Iterator<TableCursor> cursors;
    private final List<Problem> remarks = new ArrayList<>();
    private final Set<TokenTable> leftOut = EnumSet.noneOf(TokenTable.class);
    private TableCursor cursor;

    private TokenReader(NodeConnection connection, List<TableLayout> layouts, ReadingConfig config) {
        this.connection = connection;
        this.layouts = layouts;
        this.limit = PageLimit.of(config);
        this.cursors = layouts.stream()
                .map(layout -> new TableCursor(connection, ahead, layout, queries(layout), config)).toList().iterator();
    }

    /** A reader that owns the connection, also when it cannot be made. */
    static TokenReader of(NodeConnection connection, ReadingConfig config)
            throws DatabaseProblemException, InterruptedException {
        try {
            List<TableLayout> layouts = layouts(connection);
            TokenReader reader = new TokenReader(connection, layouts.stream().filter(TableLayout::isReadable).toList(),
                    config);
            reader.leaveOut(layouts.stream().filter(layout -> !layout.isReadable()).toList());
            reader.remarkMissingIndexes();
            return reader;
        } catch (DatabaseProblemException | InterruptedException | RuntimeException e) {
            connection.close();
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

    /** About how many rows the walk will meet. */
    public long estimatedRows() throws DatabaseProblemException, InterruptedException {
        return connection.read(() -> {
            long rows = 0;
            for (TableLayout layout : layouts) {
                try (PreparedStatement statement = connection.prepare(queries(layout).highestRowid());
                        ResultSet result = statement.executeQuery()) {
                    rows += result.getLong(1);
                }
            }
            return rows;
        });
    }

    /** The next row of the walk; null at its end. */
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
                : RepeatedIds.find(connection, layouts.stream().map(this::queries).toList(), limit);
    }

    /**
     * The rows with these ids, wherever they are now, each id's in the order of the walk. They are looked up one by one, a
     * few in a transaction, each id in all tables at once.
     */
    public List<RawRow> find(Collection<String> ids) throws DatabaseProblemException, InterruptedException {
        List<RawRow> found = new ArrayList<>();
        List<String> all = List.copyOf(ids);
        int atOnce = isIndexed() ? LOOKUPS : 1;
        for (int from = 0; from < all.size(); from += atOnce) {
            List<String> some = all.subList(from, Math.min(from + atOnce, all.size()));
            found.addAll(connection.read(() -> connection.inTransaction(() -> lookUp(some))));
        }
        return found;
    }

    private List<RawRow> lookUp(List<String> ids) throws SQLException {
        List<RawRow> found = new ArrayList<>();
        for (TableLayout layout : layouts) {
            try (PreparedStatement statement = connection.prepare(queries(layout).byId())) {
                for (String id : ids) {
                    statement.setString(1, id);
                    found.addAll(RowPage.read(layout, statement, PageLimit.NONE).rows());
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        ahead.close();
        connection.close();
    }

    private boolean isIndexed() {
        return layouts.stream().allMatch(TableLayout::uniqueId);
    }

    /** Where every table has its index, the tables before this one are asked for its ids. */
    private TableQueries queries(TableLayout layout) {
        return new TableQueries(layout, isIndexed() ? layouts.subList(0, layouts.indexOf(layout)) : List.of());
    }

    private static List<TableLayout> layouts(NodeConnection connection)
            throws DatabaseProblemException, InterruptedException {
        List<TableLayout> layouts = new ArrayList<>();
        for (TokenTable table : TokenTable.values()) {
            TableLayout layout = connection.read(() -> TableLayout.of(connection, table));
            if (layout != null) {
                layouts.add(layout);
            }
        }
        if (layouts.stream().noneMatch(layout -> layout.table().marksANode())) {
            throw new DatabaseProblemException(new Problem(ProblemKind.NO_TOKENS_TABLE, connection.file(),
                    "has no table named " + TokenTable.TOKENS.tableName()), null);
        }
        return layouts;
    }

    /** Remarks tables that are made otherwise than in any version known; without TokensTable it is no node's. */
    private void leaveOut(List<TableLayout> unreadable) throws DatabaseProblemException {
        for (TableLayout layout : unreadable) {
            TokenTable table = layout.table();
            Problem problem = new Problem(layout.hasId() ? ProblemKind.NO_ROWID : ProblemKind.NO_ID_COLUMN,
                    connection.file(), "its table " + table.tableName() + (layout.hasId()
                            ? " is WITHOUT ROWID, and rows are read by rowid"
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
