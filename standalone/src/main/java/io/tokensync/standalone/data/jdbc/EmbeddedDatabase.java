package io.tokensync.standalone.data.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.DataDirectoryException;

/**
 * The embedded database: a file of SQLite in the data directory, which its permissions protect. One process writes it, and any
 * number read it at the same time.
 */
public final class EmbeddedDatabase {
    private final Path directory;

    private EmbeddedDatabase(Path directory) {
        this.directory = directory;
    }

    /** The database of a data directory, whether it has been made or not. */
    public static EmbeddedDatabase of(Path data) {
        return new EmbeddedDatabase(DataDirectory.root(data));
    }

    /** Its file. */
    public Path file() {
        return DataDirectory.database(directory);
    }

    public boolean exists() {
        return Files.exists(file());
    }

    /** Where it is, for whoever makes its tables, writes them or reads them. */
    public SqlSettings settings() {
        return SqlSettings.of("jdbc:sqlite:" + file());
    }

    /** A connection that may only read, beside whoever writes. */
    public Connection connectToRead() throws SQLException {
        return SqlConnections.openToRead(settings());
    }

    /**
     * The same, when there is one.
     *
     * @throws DataDirectoryException when there is none; the message says what makes it
     */
    public EmbeddedDatabase existing() {
        if (!exists()) {
            throw new DataDirectoryException(missing());
        }
        return this;
    }

    /** That there is none, and what makes it. */
    public String missing() {
        return earlier()
                .orElse("there is no database under " + directory + ": run ./tokensync local --nodes DIR --data "
                        + directory + " first, or name its directory with --data DIR");
    }

    /** What to know of a table that an earlier version has left here; empty when there is none, or a new one as well. */
    public Optional<String> earlier() {
        Path old = directory.resolve(DataDirectory.EARLIER_DATABASE);
        return exists() || !Files.exists(old.resolve("tokens.mv.db"))
                ? Optional.empty()
                : Optional.of("the table in " + old
                        + " is of an earlier version, which kept it in another format: local"
                        + " fills " + file() + " from the topics in this directory at its next start; remove " + old
                        + " when it has");
    }
}
