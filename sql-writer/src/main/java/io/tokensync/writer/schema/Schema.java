package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqlText;

/** The schema of a database: made, brought up to date, checked and shown. */
public final class Schema {
    private static final String DBO = "dbo";
    private static final String HISTORY = "tokensync_schema_history";
    private static final List<String> TABLES = List.of("TokenRecords", "ProcessedDatabases", "SyncSessions",
            "NodeVerifications");
    private static final String HISTORY_NOT_SEEN = "dbo.TokenRecords is of this program's making, but this login does"
            + " not see dbo." + HISTORY + ", which says what has been done to it; run the migration with the login that"
            + " made the tables, or let this one read that table";

    private static final String PYTHON = "dbo.TokenRecords was made by the Python tool; see what taking it over would do"
            + " with: tokensync schema migrate --dry-run --config FILE";

    private final Database database;
    private final SchemaScripts scripts;

    public Schema(Database database) {
        this.database = database;
        this.scripts = new SchemaScripts(database.dialect());
    }

    /** The scripts that make the schema of this dialect, in their order. */
    public static String print(Dialect dialect) {
        return new SchemaScripts(dialect).print();
    }

    /** Who has to do with the database, each with a role of few rights on SQL Server. */
    public enum Role {
        /** The sql-writer. */
        WRITER,
        /** Whoever reads. */
        AUDITOR,
        /** Whoever runs {@link Schema#migrate}. */
        MIGRATOR
    }

    /** The script that makes the role of SQL Server and gives it its rights. */
    public static String grants(Role role) {
        return SqlText.resource("/io/tokensync/writer/schema/grants_" + role.name().toLowerCase(Locale.ROOT) + ".sql");
    }

    /** How many rows {@code TokenRecords} has. */
    public long rows() throws SqlFailure {
        return ask(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM dbo.TokenRecords")) {
                count.next();
                return count.getLong(1);
            }
        });
    }

    /**
     * Empties {@code TokenRecords} and {@code ProcessedDatabases}. Rows come back when the topics are replayed.
     *
     * @throws SqlFailure when the database fails, or this login may not
     */
    public void clear() throws SqlFailure {
        ask(connection -> {
            try (Statement statement = connection.createStatement()) {
                String empty = scripts.part("empty");
                statement.execute(empty + " dbo.TokenRecords");
                statement.execute(empty + " dbo.ProcessedDatabases");
                connection.commit();
                return null;
            }
        });
    }

    /** Sets versions back that no later state of their row would win over. */
    public VersionReset versionReset() {
        return new VersionReset(database);
    }

    /** Hears how far the copy of the Python tool's table is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A batch has been copied, or the copy begins.
         *
         * @param rows in the new table, where duplicates are one
         * @param of in the old table
         */
        void copied(long rows, long of);
    }

    /**
     * Runs the scripts that this database has not seen.
     *
     * @return how many were run; 0 when it was up to date
     * @throws SqlFailure when the database fails; of kind environment when it has tables of these names of other
     *         making, which are left as they are
     */
    public int migrate() throws SqlFailure {
        Map<String, List<String>> tables = ask(this::tables);
        if (isLegacy(tables)) {
            throw new SqlFailure(FailureKind.ENVIRONMENT, 0, null, PYTHON, null);
        }
        rejectForeignTables(tables);
        return migrate(flyway().baselineVersion("0"));
    }

    /**
     * As {@link #migrate()}; tables of the Python tool are taken over first, whether for the first time or again after an
     * end in the middle.
     */
    public int migrate(Progress progress) throws SqlFailure {
        Map<String, List<String>> tables = ask(this::tables);
        if (!isLegacy(tables)) {
            return migrate();
        }
        try (Connection connection = database.dataSource().getConnection()) {
            new LegacyMigration(connection, database, scripts.tables(), progress).run();
        } catch (SQLException e) {
            throw database.failure(e);
        }
        FluentConfiguration flyway = flyway().baselineVersion("1")
                .baselineDescription("taken over from the Python tool");
        try {
            flyway.load().baseline();
        } catch (FlywayException e) {
            throw database.definitionFailure(e);
        }
        return migrate(flyway);
    }

    /**
     * What {@link #migrate(Progress)} would do, a sentence for each thing; empty when there is nothing to do. Reads only.
     *
     * @throws SqlFailure as {@link #migrate(Progress)}
     */
    public List<String> plan() throws SqlFailure {
        Map<String, List<String>> tables = ask(this::tables);
        List<String> plan = new ArrayList<>();
        boolean migrateLegacy = isLegacy(tables);
        if (migrateLegacy) {
            plan.addAll(ask(connection -> new LegacyMigrationPlan(connection, database.dialect()).lines()));
        } else {
            rejectForeignTables(tables);
        }
        try {
            for (MigrationInfo pending : flyway().baselineVersion("0").load().info().pending()) {
                if (!migrateLegacy || !pending.getScript().equals(SchemaScripts.TABLES)) {
                    plan.add("run " + pending.getScript());
                }
            }
        } catch (FlywayException e) {
            throw database.definitionFailure(e);
        }
        return List.copyOf(plan);
    }

    /** The Python tool has written to SQL Server alone. */
    private boolean isLegacy(Map<String, List<String>> tables) {
        return database.dialect() == Dialect.SQL_SERVER && !tables.containsKey(HISTORY)
                && new PythonTables(tables).isThere();
    }

    private int migrate(FluentConfiguration flyway) throws SqlFailure {
        try {
            MigrateResult result = flyway.load().migrate();
            return result.migrationsExecuted;
        } catch (FlywayException e) {
            throw database.definitionFailure(e);
        }
    }

    /**
     * What the writer or its readers need and this login does not find, a sentence for each; empty when all is there.
     * Reads only.
     *
     * @throws SqlFailure when the database fails
     */
    public List<String> missing() throws SqlFailure {
        return ask(connection -> new SchemaCheck(connection, database.dialect()).problems());
    }

    /**
     * As {@link #missing}, of the only table that the writer of tokens touches: its login may be denied all others.
     *
     * @throws SqlFailure when the database fails
     */
    public List<String> missingForWriter() throws SqlFailure {
        return ask(connection -> new SchemaCheck(connection, database.dialect()).problemsOfWriter());
    }

    /**
     * As {@link #missing}, of the tables that hold the monitor's session summaries: a login may be denied these alone.
     *
     * @throws SqlFailure when the database fails
     */
    public List<String> missingForSummaries() throws SqlFailure {
        return ask(connection -> new SchemaCheck(connection, database.dialect()).problemsOfSummaries());
    }

    /**
     * As {@link #missing}, of what the verifications are written into: a login may be denied this alone.
     *
     * @throws SqlFailure when the database fails
     */
    public List<String> missingForVerifications() throws SqlFailure {
        return ask(connection -> new SchemaCheck(connection, database.dialect()).problemsOfVerifications());
    }

    /**
     * What works, but not well.
     *
     * @param finding what is found, and what comes of it
     * @param cure what to do
     */
    public record Concern(String finding, String cure) {
        /** Both, for the log. */
        public String sentence() {
            return finding + "; " + cure;
        }
    }

    /**
     * What works, but not well; empty when all is well. Reads only.
     *
     * @throws SqlFailure when the database fails
     */
    public List<Concern> concerns() throws SqlFailure {
        return ask(connection -> new SchemaCheck(connection, database.dialect()).concerns());
    }

    /** A question to the catalog. */
    private interface SqlCallable<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(SqlCallable<T> question) throws SqlFailure {
        try (Connection connection = database.connect()) {
            return question.ask(connection);
        } catch (SQLException | RuntimeException e) {
            throw database.failure(e);
        }
    }

    private Map<String, List<String>> tables(Connection connection) throws SQLException {
        return SchemaCheck.tables(connection, database.dialect());
    }

    private void rejectForeignTables(Map<String, List<String>> tables) throws SqlFailure {
        List<String> taken = TABLES.stream().filter(table -> tables.containsKey(table.toLowerCase(Locale.ROOT)))
                .toList();
        if (taken.isEmpty() || tables.containsKey(HISTORY)) {
            return;
        }
        // Only this program's table has that column; then it is the login that does not see the history.
        boolean ours = tables.getOrDefault("tokenrecords", List.of()).contains("record_version");
        throw new SqlFailure(FailureKind.ENVIRONMENT, 0, null, ours ? HISTORY_NOT_SEEN : notOurs(taken), null);
    }

    private String notOurs(List<String> tables) {
        String names = tables.stream().map(table -> DBO + "." + table).collect(Collectors.joining(", "));
        String renaming = tables.stream()
                .map(table -> scripts.part("rename").replace("<from>", table).replace("<to>", table + "_old"))
                .collect(Collectors.joining("; "));
        return "there are tables that were not made by this program, so they are left as they are: " + names
                + "; rename them (" + renaming + ") or use another database";
    }

    private FluentConfiguration flyway() {
        FluentConfiguration flyway = Flyway.configure().dataSource(database.scriptSource()).table(HISTORY)
                // A database that other programs use as well is not empty when we first see it.
                .baselineOnMigrate(true);
        return database.dialect() == Dialect.SQLITE
                ? flyway.resourceProvider(scripts).placeholderReplacement(false)
                : flyway.locations(scripts.locations()).placeholders(scripts.placeholders()).defaultSchema(DBO)
                        .createSchemas(true);
    }
}
