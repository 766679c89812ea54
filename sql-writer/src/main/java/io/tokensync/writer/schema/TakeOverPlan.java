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
final class TakeOverPlan {
    private final Connection connection;
    private final SqlText text;
    private final List<String> lines = new ArrayList<>();

    TakeOverPlan(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.text = TakeOver.text(dialect);
    }

    /** Reads only. */
    List<String> lines() throws SQLException {
        if (!new PythonTables(SchemaCheck.tables(connection)).isOld()) {
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
            long usable = found.getLong("usable_rows");
            add("%,d rows of the Python tool's dbo.TokenRecords become %,d", found.getLong("all_rows"), identities);
            add("  %,d duplicates are folded: the newest row, and the content of whichever has it", usable - identities);
            add("  %,d rows without a token id stay behind in dbo.TokenRecords_python",
                    found.getLong("all_rows") - usable);
            add("  %,d rows lose the marker essential_only, which stands where a status was",
                    found.getLong("essential_rows"));
            add("  %,d rows lose 'c not found', which stands for a column that the node had not",
                    found.getLong("not_found_rows"));
            add("  %,d rows bring content; nobody has verified it (vw_UnverifiableContent), and verified content replaces"
                    + " it", found.getLong("fetched_rows"));
        }
    }

    private void sources(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery(text.part("sources"))) {
            while (found.next()) {
                add("  source_ip %s: %,d rows; its agent must have scanner.source-ip: \"%s\", or all of them come a second"
                        + " time", found.getString(1), found.getLong(2), found.getString(1));
            }
        }
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
