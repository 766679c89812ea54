package io.tokensync.simulator.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.tokensync.simulator.node.Field;
import io.tokensync.simulator.node.JournalMode;
import io.tokensync.simulator.node.NodeRow;
import io.tokensync.simulator.node.SchemaGeneration;
import io.tokensync.simulator.node.TokenTable;

/** The tables of a node's database behind one connection, in SQL. */
final class NodeTables implements AutoCloseable {
    private static final int BUSY_MILLIS = 5000;

    private final Connection connection;
    private final Map<TokenTable, RowInserts> inserts = new EnumMap<>(TokenTable.class);
    private final Map<TokenTable, Long> inserted = new EnumMap<>(TokenTable.class);
    private SchemaGeneration generation;

    private NodeTables(Connection connection, SchemaGeneration generation) {
        this.connection = connection;
        this.generation = generation;
    }

    /** Sets what a node sets: nothing but the journal. */
    static NodeTables connect(Path file, SchemaGeneration generation, JournalMode journal) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            NodeTables tables = new NodeTables(connection, generation);
            tables.execute("PRAGMA busy_timeout=" + BUSY_MILLIS);
            if (journal != JournalMode.DELETE) {
                tables.execute("PRAGMA journal_mode=WAL");
            }
            connection.setAutoCommit(false);
            return tables;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The tables of an empty database; nothing is synced to disk from here on. */
    void create() throws SQLException {
        connection.setAutoCommit(true);
        execute("PRAGMA synchronous=OFF");
        connection.setAutoCommit(false);
        for (TokenTable table : TokenTable.values()) {
            createIfMade(table);
        }
    }

    /** Adds the tables that tell nothing about tokens, with a few rows. */
    void addOtherTables(String did, String transactionId) throws SQLException {
        OtherTables.create(connection, generation, did, transactionId);
    }

    /** Batches an insert, and returns which one it is, from 1. */
    long insert(NodeRow row) throws SQLException {
        RowInserts table = inserts.get(row.table());
        if (table == null) {
            table = new RowInserts(connection, row.table(), generation);
            inserts.put(row.table(), table);
        }
        table.add(row);
        return inserted.merge(row.table(), 1L, Long::sum);
    }

    /** Sets columns of one row, by meaning. */
    void update(TokenTable table, String id, Map<Field, Object> values) throws SQLException {
        String columns = values.keySet().stream().map(field -> quote(table.column(field)) + " = ?")
                .collect(Collectors.joining(", "));
        String sql = "UPDATE " + quote(table.sqlName()) + " SET " + columns + " WHERE " + quote(table.column(Field.ID))
                + " = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (Object value : values.values()) {
                update.setObject(parameter++, value);
            }
            update.setString(parameter, id);
            requireOne(update.executeUpdate(), table, id);
        }
    }

    void delete(TokenTable table, String id) throws SQLException {
        String sql = "DELETE FROM " + quote(table.sqlName()) + " WHERE " + quote(table.column(Field.ID)) + " = ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, id);
            requireOne(delete.executeUpdate(), table, id);
        }
    }

    /** Does what a newer node does at its first start: adds the columns and tables that are missing, at the end. */
    void upgrade(SchemaGeneration to) throws SQLException {
        closeInserts();
        SchemaGeneration from = generation;
        generation = to;
        for (TokenTable table : TokenTable.values()) {
            if (table.isMadeBy(from)) {
                addColumns(table, from);
            } else {
                createIfMade(table);
            }
        }
    }

    /** Sends what is batched and commits. */
    void commit() throws SQLException {
        for (RowInserts table : inserts.values()) {
            table.send();
        }
        connection.commit();
    }

    /** Commits, and moves everything from the write-ahead log into the database file. */
    void checkpoint() throws SQLException {
        commit();
        connection.setAutoCommit(true);
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
        connection.setAutoCommit(false);
    }

    @Override
    public void close() throws SQLException {
        // Closing the connection closes its statements and rolls back what is not committed.
        inserts.clear();
        connection.close();
    }

    private void createIfMade(TokenTable table) throws SQLException {
        if (!table.isMadeBy(generation)) {
            return;
        }
        String columns = table.columns(generation).stream().map(c -> quote(c.name()) + ' ' + c.type())
                .collect(Collectors.joining(","));
        execute("CREATE TABLE IF NOT EXISTS " + quote(table.sqlName()) + " (" + columns + ",PRIMARY KEY ("
                + quote(table.column(Field.ID)) + "))");
    }

    private void addColumns(TokenTable table, SchemaGeneration from) throws SQLException {
        for (TokenTable.Column column : table.columns(generation)) {
            if (!from.atLeast(column.since())) {
                execute("ALTER TABLE " + quote(table.sqlName()) + " ADD " + quote(column.name()) + ' ' + column.type());
            }
        }
    }

    private void closeInserts() throws SQLException {
        for (RowInserts table : inserts.values()) {
            table.close();
        }
        inserts.clear();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void requireOne(int rows, TokenTable table, String id) {
        if (rows != 1) {
            throw new IllegalStateException(rows + " rows of " + table.sqlName() + " have the id " + id
                    + ": somebody else has changed the database");
        }
    }

    static String quote(String name) {
        return '`' + name + '`';
    }
}
