package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqlText;

/**
 * Takes over the tables of the Python tool: chooses a row of each identity, copies these page by page into tables of ours under other names, then changes
 * the names. It may end anywhere and be begun again: until the names change nothing of the old tables is touched, and
 * behind that only indexes are missing, and the views, which are made as in any other database.
 */
final class LegacyMigration {
    /** The one that readers look at changes last. */
    private static final List<String> TABLES = List.of("SyncSessions", "ProcessedDatabases", "TokenRecords");

    private final Connection connection;
    private final Database database;
    private final TableScript script;
    private final SqlText text;
    private final Schema.Progress progress;

    LegacyMigration(Connection connection, Database database, String script, Schema.Progress progress) {
        this.connection = connection;
        this.database = database;
        this.script = new TableScript(script, database.dialect());
        this.text = text(database.dialect());
        this.progress = progress;
    }

    static SqlText text(Dialect dialect) {
        return SqlText.of("/io/tokensync/writer/schema/takeover.sql", SchemaScripts.dialectFile(dialect));
    }

    void run() throws SQLException, SqlFailure {
        PythonTables tables = new PythonTables(SchemaCheck.tables(connection, database.dialect()));
        if (tables.isOld()) {
            requireFree(tables);
            if (!tables.has(PythonTables.PROGRESS)) {
                prepare(tables);
            }
            copyTokens();
            verify();
            copyTheRest();
        }
        changeNames();
        complete();
    }

    private static void requireFree(PythonTables tables) throws SqlFailure {
        for (String table : TABLES) {
            if (tables.has(table + PythonTables.OLD)) {
                throw rejection(
                        "dbo." + table + PythonTables.OLD + " exists already, from an earlier take-over; rename or"
                                + " drop it first");
            }
        }
    }

    /** The progress is made last: without it everything before is made again. */
    private void prepare(PythonTables tables) throws SQLException, SqlFailure {
        for (String table : TABLES) {
            dropIfThere(tables, table + PythonTables.NEW);
        }
        dropIfThere(tables, PythonTables.CHOSEN);
        for (String sql : script.tables(PythonTables.NEW)) {
            define(sql);
        }
        long rows = number("rows");
        define(text.part("chosen_table"));
        update("choose");
        define(text.part("progress_table"));
        update("begin", rows);
        connection.commit();
    }

    /** Each page costs its own rows and no others: it is found, read and counted by the key of the rows that were chosen. */
    private void copyTokens() throws SQLException {
        long last = number("progress", 1);
        long all = number("progress", 2);
        long copied = number("progress", 3);
        progress.copied(copied, all);
        for (OptionalLong next = next(last); next.isPresent(); next = next(last)) {
            copied += update("copy", last, next.getAsLong());
            last = next.getAsLong();
            update("advance", last, copied);
            connection.commit();
            progress.copied(copied, all);
        }
    }

    /** The old tool may have written meanwhile. */
    private void verify() throws SQLException, SqlFailure {
        if (number("rows") == number("progress", 2) && number("copied") == number("identities")) {
            return;
        }
        define("DROP TABLE dbo." + PythonTables.PROGRESS);
        connection.commit();
        throw rejection(
                "dbo.TokenRecords has changed while it was copied; stop the Python tool and run this again, which"
                        + " copies it anew");
    }

    private void copyTheRest() throws SQLException, SqlFailure {
        PythonTables tables = new PythonTables(SchemaCheck.tables(connection, database.dialect()));
        copyAgain("ProcessedDatabases", "databases", tables.isOldTable("ProcessedDatabases", "record_count"));
        copyAgain("SyncSessions", "sessions", tables.isOldTable("SyncSessions", "session_id"));
    }

    private void copyAgain(String table, String statement, boolean there) throws SQLException, SqlFailure {
        define("DELETE FROM dbo." + table + PythonTables.NEW);
        if (there) {
            update(statement);
        }
        connection.commit();
    }

    /** One transaction where the database can have names in one; where it cannot, whoever comes next goes on. */
    private void changeNames() throws SQLException, SqlFailure {
        PythonTables tables = new PythonTables(SchemaCheck.tables(connection, database.dialect()));
        for (String table : TABLES) {
            if (tables.has(table + PythonTables.NEW)) {
                if (tables.has(table)) {
                    rename(table, table + PythonTables.OLD);
                }
                rename(table + PythonTables.NEW, table);
            }
        }
        connection.commit();
    }

    private void complete() throws SQLException, SqlFailure {
        for (String index : indexes("TokenRecords" + PythonTables.OLD)) {
            if (index.toLowerCase(Locale.ROOT).startsWith("ix_")) {
                define(text.part("drop_index").replace("<index>", index)
                        .replace("<table>", "TokenRecords" + PythonTables.OLD));
            }
        }
        for (String sql : script.rest(indexes("TokenRecords"))) {
            define(sql);
        }
        PythonTables tables = new PythonTables(SchemaCheck.tables(connection, database.dialect()));
        dropIfThere(tables, PythonTables.CHOSEN);
        dropIfThere(tables, PythonTables.PROGRESS);
        connection.commit();
    }

    private void dropIfThere(PythonTables tables, String table) throws SqlFailure {
        if (tables.has(table)) {
            define("DROP TABLE dbo." + table);
        }
    }

    private void rename(String from, String to) throws SqlFailure {
        define(text.part("rename").replace("<from>", from).replace("<to>", to));
    }

    private List<String> indexes(String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(text.part("indexes").replace("<table>", table))) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }

    /** The end of the page behind this row; empty when there is none. */
    private OptionalLong next(long last) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.part("next"))) {
            statement.setLong(1, last);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                long end = found.getLong(1);
                return found.wasNull() ? OptionalLong.empty() : OptionalLong.of(end);
            }
        }
    }

    /** Changes rows, whose values may stand in what the database says of it. */
    private long update(String part, long... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.part(part))) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private long number(String part) throws SQLException {
        return number(part, 1);
    }

    private long number(String part, int column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(text.part(part))) {
            found.next();
            return found.getLong(column);
        }
    }

    /** Runs a statement that has no value of a row in it. */
    private void define(String sql) throws SqlFailure {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw database.definitionFailure(e);
        }
    }

    private static SqlFailure rejection(String sentence) {
        return new SqlFailure(FailureKind.ENVIRONMENT, 0, null, sentence, null);
    }
}
