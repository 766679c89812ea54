package io.tokensync.writer.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Dialect;

/** The schema of a database: made, brought up to date, checked and shown. */
public final class Schema {
    private static final String DBO = "dbo";
    private static final String HISTORY = "tokensync_schema_history";
    private static final List<String> SCRIPTS = List.of("V001__token_tables.sql");

    private final Database database;

    public Schema(Database database) {
        this.database = database;
    }

    /** The scripts that make the schema of this dialect, in their order. */
    public static String print(Dialect dialect) {
        StringBuilder text = new StringBuilder();
        for (String script : SCRIPTS) {
            text.append("-- ").append(script).append('\n')
                    .append(resource("/db/" + dialect.directory() + "/" + script)).append('\n');
        }
        return text.toString();
    }

    /**
     * Runs the scripts that this database has not seen.
     *
     * @return how many were run; 0 when it was up to date
     * @throws SqlFailure when the database fails; of kind environment when it has a table {@code TokenRecords} of other
     *         making, which is left as it is
     */
    public int migrate() throws SqlFailure {
        refuseForeignTable();
        try {
            MigrateResult result = flyway().migrate();
            return result.migrationsExecuted;
        } catch (FlywayException e) {
            throw database.failure(e);
        }
    }

    /**
     * What the writer needs and does not find, a sentence for each; empty when all is there. Reads only.
     *
     * @throws SqlFailure when the database fails
     */
    public List<String> missing() throws SqlFailure {
        try (Connection connection = database.dataSource().getConnection()) {
            return new SchemaCheck(connection, database.dialect()).problems();
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private void refuseForeignTable() throws SqlFailure {
        try (Connection connection = database.dataSource().getConnection()) {
            Map<String, List<String>> tables = SchemaCheck.tables(connection);
            if (tables.containsKey("tokenrecords") && !tables.containsKey(HISTORY)) {
                throw new SqlFailure(FailureKind.ENVIRONMENT, 0, null,
                        "dbo.TokenRecords exists and was not made by this program, so it is left as it is; rename it"
                                + " (EXEC sp_rename 'dbo.TokenRecords', 'TokenRecords_old') or use another database",
                        null);
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private Flyway flyway() {
        return Flyway.configure().dataSource(database.dataSource())
                .locations("classpath:db/" + database.dialect().directory()).defaultSchema(DBO).createSchemas(true)
                .table(HISTORY).placeholderReplacement(false)
                // A database that other programs use as well is not empty when we first see it.
                .baselineOnMigrate(true).baselineVersion("0").load();
    }

    static String resource(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
