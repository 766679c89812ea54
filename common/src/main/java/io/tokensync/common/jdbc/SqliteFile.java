package io.tokensync.common.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;

import io.tokensync.common.address.JdbcUrl;

/**
 * A database of SQLite, whose tables are called {@code dbo.x} as on SQL Server: a connection has an empty database of its own
 * in memory, and the file attached beside it. Any number of processes read while one writes: the file has a write-ahead log.
 */
public final class SqliteFile {
    /** Measured: see ADR 099. The page size counts for a file that is made now. */
    private static final List<String> TO_WRITE = List.of("PRAGMA dbo.page_size = 16384",
            "PRAGMA dbo.journal_mode = WAL",
            // A batch that is committed is on the disk before its offsets are committed: those must not be ahead.
            "PRAGMA dbo.synchronous = FULL",
            // Each connection has a cache of its own, and keeps what it has once had: only batches of rows gain by more.
            "PRAGMA dbo.cache_size = -8192",
            // A page of an index that several transactions have written goes from the log to its place once.
            "PRAGMA dbo.wal_autocheckpoint = 8192", "PRAGMA dbo.journal_size_limit = 134217728");
    /** Also for scripts, which sort whole tables for their indexes. */
    private static final List<String> TO_WRITE_MUCH = Stream
            .concat(TO_WRITE.stream(), Stream.of("PRAGMA dbo.cache_size = -65536")).toList();
    private static final List<String> TO_READ = List.of("PRAGMA query_only = ON", "PRAGMA dbo.cache_size = -32768");
    private static final Duration BUSY_PAUSE = Duration.ofMillis(5);
    private static final String MEMORY = "jdbc:sqlite::memory:";

    private final Path file;
    private final Duration wait;

    /**
     * @param wait how long for another writer's lock; zero without an end, as JDBC has it
     */
    private SqliteFile(Path file, Duration wait) {
        this.file = file;
        this.wait = wait;
    }

    /** The one that the address names. */
    public static SqliteFile of(SqlSettings settings) {
        String base = JdbcUrl.parse(settings.url()).base();
        return new SqliteFile(Path.of(base.substring(Dialect.SQLITE.prefix().length())), settings.queryTimeout());
    }

    /** Rejects an address that names no file. */
    static void requireFile(String base) {
        String name = base.substring(Dialect.SQLITE.prefix().length());
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
            throw new IllegalArgumentException(
                    "the database address must name a file, as in jdbc:sqlite:/var/lib/tokensync/tokens.db");
        }
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /** A connection that has the file as {@code dbo}; a file that is not there is made. */
    Connection asDbo() throws SQLException {
        return attached("", TO_WRITE);
    }

    /** As {@link #asDbo}, for who writes thousands of rows in a transaction. */
    Connection asDboForBatches() throws SQLException {
        return attached("", TO_WRITE_MUCH);
    }

    /** As {@link #asDbo}, without a way to change anything; the file must be there. */
    Connection asDboToRead() throws SQLException {
        return attached("?mode=ro", TO_READ);
    }

    /** A connection to the file itself, for the scripts that make its tables: what they make must name no other. */
    public Connection itself() throws SQLException {
        SQLiteConfig config = config();
        // A transaction that reads first and then writes fails at once when another process writes: nothing waits in it.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        Connection connection = config.createConnection(Dialect.SQLITE.prefix() + file.toAbsolutePath().toUri());
        return prepared(connection, TO_WRITE_MUCH.stream().map(pragma -> pragma.replace("dbo.", "")).toList(),
                deadline());
    }

    private long deadline() {
        return System.nanoTime() + (wait.isZero() ? Long.MAX_VALUE / 2 : wait.toNanos());
    }

    private Connection attached(String mode, List<String> pragmas) throws SQLException {
        long deadline = deadline();
        Connection connection = config().createConnection(MEMORY);
        try (PreparedStatement attach = connection.prepareStatement("ATTACH ? AS dbo")) {
            attach.setString(1, file.toAbsolutePath().toUri() + mode);
            attach.execute();
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        // a query attaches nothing else
        connection.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 1);
        return prepared(connection, pragmas, deadline);
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        // Nobody asks for them, and the driver would with a statement behind each other one.
        config.setGetGeneratedKeys(false);
        config.setBusyTimeout(wait.isZero() ? Integer.MAX_VALUE : Math.clamp(wait.toMillis(), 0, Integer.MAX_VALUE));
        return config;
    }

    private static Connection prepared(Connection connection, List<String> pragmas, long deadline) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                execute(statement, pragma, deadline);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** SQLite itself does not wait where two connections give a new file its write-ahead log at once. */
    private static void execute(Statement statement, String pragma, long deadline) throws SQLException {
        while (true) {
            try {
                statement.execute(pragma);
                return;
            } catch (SQLException e) {
                boolean busy = (e.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code;
                if (!busy || System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(BUSY_PAUSE.toNanos());
            }
        }
    }
}
