package io.tokensync.scanner.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/**
 * Reads the token rows of one node database, all tables merged into one walk: rows whose id is text in key order (the
 * same id in two tables, or twice in one, comes side by side, the one that counts first), and between them, anywhere,
 * the rows that have no place in that order. Memory is two pages per table. A row that is there from the beginning to the
 * end of the walk is met exactly once, whatever the node changes meanwhile.
 */
public final class TokenReader implements AutoCloseable {
    /** Ids looked up in one transaction: from a cold disk each may take two seeks, and the node waits meanwhile. */
    private static final int LOOKUPS = 20;

    private final NodeConnection connection;
    private final PageAhead ahead = new PageAhead();
    private final List<TableLayout> layouts;
    private final List<TableCursor> cursors;
    private final List<Problem> remarks = new ArrayList<>();
    private final Set<TokenTable> leftOut = EnumSet.noneOf(TokenTable.class);
    private boolean started;

    private TokenReader(NodeConnection connection, List<TableLayout> layouts, ReadingConfig config) {
        this.connection = connection;
        this.layouts = layouts;
        this.cursors = new ArrayList<>(
                layouts.stream().map(layout -> new TableCursor(connection, ahead, layout, config)).toList());
    }

    /** A reader that owns the connection, also when it cannot be made. */
    static TokenReader of(NodeConnection connection, ReadingConfig config)
            throws DatabaseProblemException, InterruptedException {
        try {
            List<TableLayout> layouts = layouts(connection);
            TokenReader reader = new TokenReader(connection, layouts.stream().filter(TableLayout::hasId).toList(),
                    config);
            reader.leaveOut(layouts.stream().filter(layout -> !layout.hasId()).toList());
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
                try (PreparedStatement statement = connection.prepare(new TableQueries(layout).estimate());
                        ResultSet result = statement.executeQuery()) {
                    rows += result.getLong(1);
                }
            }
            return rows;
        });
    }

    /** The next row of the walk; null at its end. */
    public RawRow next() throws DatabaseProblemException, InterruptedException {
        if (!started) {
            started = true;
            for (TableCursor cursor : List.copyOf(cursors)) {
                dropWhenDone(cursor);
            }
        }
        TableCursor first = first();
        if (first == null) {
            return null;
        }
        RawRow row = first.current();
        dropWhenDone(first);
        return row;
    }

    /**
     * The rows with these ids, wherever they are now. They are looked up one by one, a few in a transaction, each id in
     * all tables at once.
     */
    public List<RawRow> find(List<String> ids) throws DatabaseProblemException, InterruptedException {
        List<RawRow> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += LOOKUPS) {
            List<String> some = ids.subList(from, Math.min(from + LOOKUPS, ids.size()));
            found.addAll(connection.read(() -> connection.inTransaction(() -> lookUp(some))));
        }
        return found;
    }

    private List<RawRow> lookUp(List<String> ids) throws SQLException {
        List<RawRow> found = new ArrayList<>();
        for (TableLayout layout : layouts) {
            try (PreparedStatement statement = connection.prepare(new TableQueries(layout).byId())) {
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

    private void dropWhenDone(TableCursor cursor) throws DatabaseProblemException, InterruptedException {
        if (!cursor.advance()) {
            cursors.remove(cursor);
        }
    }

    /** The cursor that is next: one on a row without a place in the order, else the lowest id of the first table. */
    private TableCursor first() {
        TableCursor first = null;
        for (TableCursor cursor : cursors) {
            if (first == null || comesBefore(cursor.current(), first.current())) {
                first = cursor;
            }
        }
        return first;
    }

    private static boolean comesBefore(RawRow row, RawRow other) {
        if (!row.idIsText() || !other.idIsText()) {
            return !row.idIsText() && other.idIsText();
        }
        return KeyOrder.INSTANCE.compare(row.id(), other.id()) < 0;
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

    /** Remarks tables whose id has another name than in any version known; without TokensTable it is no node's. */
    private void leaveOut(List<TableLayout> withoutId) throws DatabaseProblemException {
        for (TableLayout layout : withoutId) {
            TokenTable table = layout.table();
            Problem problem = new Problem(ProblemKind.NO_ID_COLUMN, connection.file(), "its table "
                    + table.tableName() + " has no column " + table.nameOf(TokenColumn.TOKEN_ID));
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
