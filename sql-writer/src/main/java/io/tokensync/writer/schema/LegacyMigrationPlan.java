package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.jdbc.SqlText;

/** What taking over the Python tool's tables would do, with counts. */
final class LegacyMigrationPlan {
    private final Connection connection;
    private final Dialect dialect;
    private final SqlText text;
    private final List<String> lines = new ArrayList<>();

    LegacyMigrationPlan(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        this.text = LegacyMigration.text(dialect);
    }

    /** Reads only. */
    List<String> lines() throws SQLException {
        if (!new PythonTables(SchemaCheck.tables(connection, dialect)).isOld()) {
            return List.of("the tables of the Python tool are copied; left to do are names, indexes and views");
        }
        try (Statement statement = connection.createStatement()) {
            counts(statement);
            sources(statement);
        }
        lines.add("the old tables stay, as dbo.TokenRecords_python, dbo.ProcessedDatabases_python and"
                + " dbo.SyncSessions_python; stop the Python tool first");
        return List.copyOf(lines);
    }

    private void counts(Statement statement) throws SQLException {
        long identities;
        try (ResultSet found = statement.executeQuery(text.part("identities"))) {
            found.next();
            identities = found.getLong(1);
        }
        try (ResultSet found = statement.executeQuery(text.part("counts"))) {
            found.next();
            long all = found.getLong("all_rows");
            long usable = found.getLong("usable_rows");
            lines.add(count(all) + " rows of the Python tool's dbo.TokenRecords become " + count(identities));
            add(usable - identities, "duplicates are merged: the newest row, and the content of whichever has it");
            add(all - usable, "rows without a token id stay behind in dbo.TokenRecords_python");
            add(found.getLong("essential_rows"),
                    "rows lose the marker essential_only, which stands where a status was");
            add(found.getLong("not_found_rows"),
                    "rows lose 'c not found', which stands for a column that the node had not");
            add(found.getLong("fetched_rows"),
                    "rows bring content; nobody has verified it (vw_UnverifiableContent), and"
                            + " verified content replaces it");
        }
    }

    private void sources(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery(text.part("sources"))) {
            while (found.next()) {
                String source = found.getString(1);
                lines.add("  source_ip " + source + ": " + count(found.getLong(2)) + " rows; its agent must have"
                        + " scanner.source-ip: \"" + source + "\", or all of them come a second time");
            }
        }
    }

    private void add(long count, String what) {
        lines.add("  " + count(count) + " " + what);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
