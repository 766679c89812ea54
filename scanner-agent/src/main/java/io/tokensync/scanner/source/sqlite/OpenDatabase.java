package io.tokensync.scanner.source.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.sqlite.file.NodeConnection;

/**
 * A database whose schema has been looked at. Everything of it is done on the thread of a {@link DatabaseWatch}.
 *
 * @param connection its connection, which it owns
 * @param layouts the token tables that it has, also those that cannot be read
 */
record OpenDatabase(NodeConnection connection, List<TableLayout> layouts) implements AutoCloseable {
    /**
     * Looks at the schema; closes the connection when that fails.
     *
     * @throws DatabaseProblemException when it is no node's, or cannot be read
     */
    static OpenDatabase of(NodeConnection connection) throws DatabaseProblemException, InterruptedException {
        try {
            return new OpenDatabase(connection, look(connection));
        } catch (DatabaseProblemException | InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static List<TableLayout> look(NodeConnection connection)
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

    /** The tables that can be read. */
    List<TableLayout> readable() {
        return layouts.stream().filter(TableLayout::isReadable).toList();
    }

    /** About how many rows a table scan will meet. */
    long estimatedRows() throws DatabaseProblemException, InterruptedException {
        return connection.read(() -> {
            long rows = 0;
            for (TableLayout layout : readable()) {
                try (PreparedStatement statement = connection
                        .prepare(new TableQueries(layout, List.of()).highestRowid());
                        ResultSet result = statement.executeQuery()) {
                    rows += result.getLong(1);
                }
            }
            return rows;
        });
    }

    @Override
    public void close() {
        connection.close();
    }
}
