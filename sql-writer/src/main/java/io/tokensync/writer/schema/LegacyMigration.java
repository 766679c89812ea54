package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.SqlText;

/**
 * Takes over the tables of the Python tool: copies them in batches into tables of ours under other names, then changes
 * the names. It may end anywhere and be begun again: until the names change nothing of the old tables is touched, and
 * behind that only indexes are missing, and the views, which are made as in any other database.
 */
final class LegacyMigration {
    /** The one that readers look at changes last. */
    private static final List<String> TABLES = List.of("SyncSessions", "ProcessedDatabases", "TokenRecords");

    private final Connection connection;
    private final Dialect dialect;
    private final TableScript script;
    private final SqlText text;
    private final Schema.Progress progress;

    LegacyMigration(Connection connection, Dialect dialect, String script, Schema.Progress progress) {
        this.connection = connection;
        this.dialect = dialect;
        this.script = new TableScript(script, dialect);
        this.text = text(dialect);
        this.progress = progress;
    }

    static SqlText text(Dialect dialect) {
        return SqlText.of("/io/tokensync/writer/schema/takeover.sql", SchemaScripts.dialectFile(dialect));
    }

    void run() throws SQLException, SqlFailure {
        PythonTables tables = new PythonTables(SchemaCheck.tables(connection, dialect));
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
    private void prepare(PythonTables tables) throws SQLException {
        for (String table : TABLES) {
            if (tables.has(table + PythonTables.NEW)) {
                execute("DROP TABLE dbo." + table + PythonTables.NEW);
            }
        }
        for (String sql : script.tables(PythonTables.NEW)) {
            execute(sql);
        }
        long rows = number("rows");
        execute(text.part("progress_table"));
        update("begin", rows);
        connection.commit();
    }

    private void copyTokens() throws SQLException {
        long all = number("rows");
        progress.copied(number("copied"), all);
        String last = text("progress");
        for (String next = next(last); next != null; next = next(last)) {
            update("copy", last, next);
            update("advance", next);
            connection.commit();
            last = next;
            progress.copied(number("copied"), all);
        }
    }

    /** The old tool may have written meanwhile. */
    private void verify() throws SQLException, SqlFailure {
        long before = Long.parseLong(text("progress", 2));
        if (number("rows") == before && number("copied") == number("identities")) {
            return;
        }
        execute("DROP TABLE dbo." + PythonTables.PROGRESS);
        connection.commit();
        throw rejection(
                "dbo.TokenRecords has changed while it was copied; stop the Python tool and run this again, which"
                        + " copies it anew");
    }

    private void copyTheRest() throws SQLException {
        PythonTables tables = new PythonTables(SchemaCheck.tables(connection, dialect));
        copyAgain("ProcessedDatabases", "databases", tables.isOldTable("ProcessedDatabases", "record_count"));
        copyAgain("SyncSessions", "sessions", tables.isOldTable("SyncSessions", "session_id"));
    }

    private void copyAgain(String table, String statement, boolean there) throws SQLException {
        execute("DELETE FROM dbo." + table + PythonTables.NEW);
        if (there) {
            execute(text.part(statement));
        }
        connection.commit();
    }

    /** One transaction where the database can have names in one; where it cannot, whoever comes next goes on. */
    private void changeNames() throws SQLException {
        PythonTables tables = new PythonTables(SchemaCheck.tables(connection, dialect));
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

    private void complete() throws SQLException {
        for (String index : indexes("TokenRecords" + PythonTables.OLD)) {
            if (index.toLowerCase(Locale.ROOT).startsWith("ix_")) {
                execute(text.part("drop_index").replace("<index>", index)
                        .replace("<table>", "TokenRecords" + PythonTables.OLD));
            }
        }
        for (String sql : script.rest(indexes("TokenRecords"))) {
            execute(sql);
        }
        if (new PythonTables(SchemaCheck.tables(connection, dialect)).has(PythonTables.PROGRESS)) {
            execute("DROP TABLE dbo." + PythonTables.PROGRESS);
        }
        connection.commit();
    }

    private void rename(String from, String to) throws SQLException {
        execute(text.part("rename").replace("<from>", from).replace("<to>", to));
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

    private String next(String last) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.part("next"))) {
            statement.setString(1, last);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }

    private void update(String part, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.part(part))) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private long number(String part) throws SQLException {
        return Long.parseLong(text(part));
    }

    private String text(String part) throws SQLException {
        return text(part, 1);
    }

    private String text(String part, int column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(text.part(part))) {
            found.next();
            return found.getString(column);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static SqlFailure rejection(String sentence) {
        return new SqlFailure(FailureKind.ENVIRONMENT, 0, null, sentence, null);
    }
}
