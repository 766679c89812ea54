package io.tokensync.simulator.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import io.tokensync.simulator.node.NodeRow;
import io.tokensync.simulator.node.SchemaGeneration;
import io.tokensync.simulator.node.TokenTable;

/** Batched inserts into one table. */
final class RowInserts implements AutoCloseable {
    private static final int BATCH = 1000;

    private final List<TokenTable.Column> columns;
    private final PreparedStatement insert;
    private int batched;

    RowInserts(Connection connection, TokenTable table, SchemaGeneration generation) throws SQLException {
        this.columns = table.columns(generation);
        String names = columns.stream().map(c -> NodeTables.quote(c.name())).collect(Collectors.joining(","));
        String marks = columns.stream().map(_ -> "?").collect(Collectors.joining(","));
        this.insert = connection.prepareStatement("INSERT INTO " + NodeTables.quote(table.sqlName()) + " (" + names
                + ") VALUES (" + marks + ")");
    }

    void add(NodeRow row) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            insert.setObject(i + 1, row.stored(columns.get(i).field()));
        }
        insert.addBatch();
        if (++batched == BATCH) {
            send();
        }
    }

    void send() throws SQLException {
        if (batched > 0) {
            insert.executeBatch();
            batched = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
