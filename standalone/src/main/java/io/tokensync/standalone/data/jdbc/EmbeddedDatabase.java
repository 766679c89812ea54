package io.tokensync.standalone.data.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.DataDirectoryException;
import io.tokensync.standalone.data.jdbc.DatabaseLogins.User;

/**
 * The embedded H2 database in SQL Server mode. It listens nowhere: one process has the file open, and {@link Snapshot} is
 * for the others. Whoever writes rows or asks for them may neither read files nor run code, which H2 lets its
 * administrators do.
 */
public final class EmbeddedDatabase {
    private static final String COMMON = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;TIME ZONE=UTC";
    private static final String NAME = "tokens";
    private static final String FILE = NAME + ".mv.db";
    private static final int WRONG_PASSWORD = 28000;

    /** What runs code or reaches elsewhere, and is made by administrators: none of it is ours. */
    private static final List<String> FOREIGN = List.of(
            "SELECT 'ALIAS', ROUTINE_SCHEMA, ROUTINE_NAME FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_SCHEMA <> 'INFORMATION_SCHEMA' AND ROUTINE_TYPE <> 'AGGREGATE'",
            "SELECT 'AGGREGATE', ROUTINE_SCHEMA, ROUTINE_NAME FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_TYPE = 'AGGREGATE'",
            "SELECT 'TRIGGER', TRIGGER_SCHEMA, TRIGGER_NAME FROM INFORMATION_SCHEMA.TRIGGERS",
            "SELECT 'TABLE', TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE STORAGE_TYPE = 'TABLE LINK'",
            "SELECT 'USER', NULL, USER_NAME FROM INFORMATION_SCHEMA.USERS WHERE UPPER(USER_NAME) NOT IN ('SA', 'WRITER', 'READER')");

    private final Path directory;

    private EmbeddedDatabase(Path directory) {
        this.directory = directory;
    }

    /** The database of a data directory, whether it has been made or not. */
    public static EmbeddedDatabase of(Path data) {
        return new EmbeddedDatabase(DataDirectory.database(data));
    }

    /** Its file. */
    public Path file() {
        return directory.resolve(FILE);
    }

    public boolean exists() {
        return Files.exists(file());
    }

    /** The way in for whoever makes the tables. */
    public SqlSettings owner() {
        // WRITE_DELAY: a committed batch is in the file before its offsets are committed, and survives a kill; CACHE_SIZE
        // is in KiB. Only the owner may set them, and the database remembers them.
        return settings(url() + ";WRITE_DELAY=0;CACHE_SIZE=65536", User.SA);
    }

    /** The way in for whoever writes rows. */
    public SqlSettings writer() {
        return settings(url(), User.WRITER);
    }

    /** The way in for a reader in the process that has the database open. */
    public SqlSettings reader() {
        return settings(url() + ";SCHEMA=dbo", User.READER);
    }

    /** The way into a file that nobody writes: this database's own, or a copy of it in another directory. */
    SqlSettings standingStill(Path elsewhere) {
        return settings(
                "jdbc:h2:file:" + elsewhere.resolve(NAME) + COMMON + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;SCHEMA=dbo",
                User.READER);
    }

    /** Where its files are. */
    Path directory() {
        return directory;
    }

    /**
     * Takes over a database of an earlier version, which let everybody in as its owner: gives the owner a password, and
     * removes what only others can have made. To be called before anybody else opens it; does nothing to a new one.
     *
     * @return what was removed, a sentence for each
     * @throws DataDirectoryException when it has another password
     */
    public List<String> secure() {
        if (!exists()) {
            return List.of();
        }
        try (Connection connection = connectAsOwner(); Statement statement = connection.createStatement()) {
            List<String> removed = new ArrayList<>();
            for (String foreign : FOREIGN) {
                for (String thing : things(statement, foreign)) {
                    statement.execute("DROP " + thing);
                    removed.add("removed from the embedded database, since this program has not made it: " + thing);
                }
            }
            return removed;
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    /** Lets the writer and the reader in, with no more rights than they need; to be called when the tables are there. */
    public void admit() {
        try (Connection connection = connectAsOwner(); Statement statement = connection.createStatement()) {
            DatabaseLogins logins = DatabaseLogins.in(directory);
            for (User user : List.of(User.WRITER, User.READER)) {
                String password = quoted(logins.password(user));
                statement.execute("CREATE USER IF NOT EXISTS \"" + user + "\" PASSWORD " + password);
                statement.execute("ALTER USER \"" + user + "\" SET PASSWORD " + password);
                statement.execute("ALTER USER \"" + user + "\" ADMIN FALSE");
            }
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA dbo TO \"" + User.WRITER + "\"");
            statement.execute("GRANT SELECT ON SCHEMA dbo TO \"" + User.READER + "\"");
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    /** Copies the database as it is now, while others write it, into a zip file that does not exist yet. */
    void backUp(Path zip) throws SQLException {
        try (Connection connection = connectAsOwner(); Statement statement = connection.createStatement()) {
            statement.execute("BACKUP TO '" + zip.toString().replace("'", "''") + "'");
        }
    }

    /** With the password of this directory; when it has none yet, it gets it now. */
    private Connection connectAsOwner() throws SQLException {
        SqlSettings owner = owner();
        try {
            return connect(owner);
        } catch (SQLException e) {
            if (e.getErrorCode() != WRONG_PASSWORD) {
                throw e;
            }
            Connection open = connect(SqlSettings.of(url(), owner.user(), Optional.empty()));
            try (Statement statement = open.createStatement()) {
                statement.execute("ALTER USER \"" + User.SA + "\" SET PASSWORD "
                        + quoted(owner.password().orElseThrow()));
                return open;
            } catch (SQLException failure) {
                open.close();
                throw failure;
            }
        }
    }

    static Connection connect(SqlSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user().orElse(""),
                settings.password().map(Secret::reveal).orElse(""));
    }

    private DataDirectoryException unusable(SQLException e) {
        return new DataDirectoryException(e.getErrorCode() == WRONG_PASSWORD
                ? "the embedded database " + file() + " has another password than " + directory
                        + " knows: restore logins.properties there, or remove that directory; the next run fills a new"
                        + " database from the topics"
                : "the embedded database " + file() + " cannot be used: "
                        + e.getMessage().lines().findFirst().orElse(""));
    }

    private static List<String> things(Statement statement, String question) throws SQLException {
        List<String> things = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                String schema = rows.getString(2) == null ? "" : quotedName(rows.getString(2)) + ".";
                things.add(rows.getString(1) + " " + schema + quotedName(rows.getString(3)));
            }
        }
        return things;
    }

    private SqlSettings settings(String url, User user) {
        return SqlSettings.of(url, Optional.of(user.name()),
                Optional.of(DatabaseLogins.in(directory).password(user)));
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve(NAME) + COMMON;
    }

    private static String quotedName(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String quoted(Secret secret) {
        return "'" + secret.reveal() + "'";
    }
}
