package io.tokensync.simulator.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

import org.sqlite.SQLiteErrorCode;

import io.tokensync.simulator.node.DatabaseBusyException;
import io.tokensync.simulator.node.Field;
import io.tokensync.simulator.node.JournalMode;
import io.tokensync.simulator.node.NodeRow;
import io.tokensync.simulator.node.SchemaGeneration;
import io.tokensync.simulator.node.TokenTable;

/**
 * A node's {@code rubix.db} in the hands of its writer: one connection, changes seen by others with {@link #commit}. Not
 * thread-safe. Every method throws a {@link DatabaseBusyException} when somebody else holds the lock for longer than the
 * node waits (5 s), and an {@link IOException} that names the file for any other failure of SQLite.
 */
public final class NodeDatabase implements AutoCloseable {
    private final Path file;
    private final NodeTables tables;

    private interface Call<T> {
        T run() throws SQLException;
    }

    private interface Action {
        void run() throws SQLException;
    }

    private NodeDatabase(Path file, NodeTables tables) {
        this.file = file;
        this.tables = tables;
    }

    /** Makes a new database with the tables of a generation. Not synced to disk: what breaks off is made again. */
    public static NodeDatabase create(Path file, SchemaGeneration generation, JournalMode journal) throws IOException {
        NodeDatabase database = open(file, generation, journal);
        try {
            database.attempt(database.tables::create);
            return database;
        } catch (IOException e) {
            database.close();
            throw e;
        }
    }

    /** Opens an existing database as its node does at every start, with nothing set but the journal. */
    public static NodeDatabase open(Path file, SchemaGeneration generation, JournalMode journal) throws IOException {
        return new NodeDatabase(file, ask(file, () -> NodeTables.connect(file, generation, journal)));
    }

    /** Adds the tables that tell nothing about tokens, with a few rows. */
    public void addOtherTables(String did, String transactionId) throws IOException {
        attempt(() -> tables.addOtherTables(did, transactionId));
    }

    /**
     * Inserts a row, at the latest with the next {@link #commit}.
     *
     * @return which insert into its table it is since this object exists, from 1: the rowid in a new database
     */
    public long insert(NodeRow row) throws IOException {
        return ask(file, () -> tables.insert(row));
    }

    /**
     * Sets columns of one row, by meaning.
     *
     * @throws IllegalStateException when there is no such row
     */
    public void update(TokenTable table, String id, Map<Field, Object> values) throws IOException {
        attempt(() -> tables.update(table, id, values));
    }

    /**
     * Deletes one row.
     *
     * @throws IllegalStateException when there is no such row
     */
    public void delete(TokenTable table, String id) throws IOException {
        attempt(() -> tables.delete(table, id));
    }

    /** Does what a newer node does at its first start: adds the columns and tables that are missing, at the end. */
    public void upgrade(SchemaGeneration to) throws IOException {
        attempt(() -> tables.upgrade(to));
    }

    public void commit() throws IOException {
        attempt(tables::commit);
    }

    /** Commits, and moves everything from the write-ahead log into the database file. */
    public void checkpoint() throws IOException {
        attempt(tables::checkpoint);
    }

    /**
     * Commits, closes, and leaves the files as they were just before, as after the death of the node: what was committed
     * since the last {@link #checkpoint} stands in {@code -wal} alone.
     */
    public void crash() throws IOException {
        commit();
        CrashImage image = CrashImage.of(file);
        close();
        image.restore();
    }

    @Override
    public void close() throws IOException {
        attempt(tables::close);
    }

    private void attempt(Action action) throws IOException {
        ask(file, () -> {
            action.run();
            return null;
        });
    }

    private static <T> T ask(Path file, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (SQLException e) {
            String message = file + ": " + e.getMessage();
            throw (e.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code
                    ? new DatabaseBusyException(message, e)
                    : new IOException(message, e);
        }
    }
}
