package io.tokensync.cli.jdbc;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.SqlOptions;
import io.tokensync.cli.operator.When;
import io.tokensync.cli.output.RowFormat;
import io.tokensync.cli.terminal.DurationConverter;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.jdbc.SqliteSyntax;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.writer.schema.AsOf;

/**
 * {@code query}: one SELECT on the embedded database, in this process, also while {@code local} is running; or on a SQL Server that
 * is named.
 */
@Command(name = "query", mixinStandardHelpOptions = true, description = "Reads the embedded database, e.g. query \"SELECT node_name, COUNT(*) FROM vw_Tokens GROUP BY node_name\"; or SQL Server with --sql. With --as-of TIME the tables as they were: query --as-of 2026-11-01 \"SELECT did, COUNT(*) FROM TokensAsOf WHERE is_deleted = 0 GROUP BY did\".")
public final class QueryCommand implements Callable<Integer> {
    /** SQLite: the file may only be read, and nothing may be attached. */
    private static final int READ_ONLY = 8;
    /** What SQLite says of ATTACH, and of VACUUM INTO, which attaches the file that it writes. */
    private static final String NOTHING_ELSE = "too many attached databases";
    /** The driver says a code and what it means, and then the database's own words. */
    private static final Pattern OWN_WORDS = Pattern.compile("^\\[SQLITE_\\w+\\] .*? \\((.*)\\)$", Pattern.DOTALL);

    @Parameters(paramLabel = "SELECT", description = "the query; tables TokenRecords, TokenHistory, ProcessedDatabases, SyncSessions, NodeVerifications; views vw_Tokens, vw_TokenHolders, vw_FreeOnSeveralNodes, vw_PartsAgainstParent, vw_Nodes, vw_StaleNodes, vw_NodeVerification, vw_TokenContents, vw_TokenIdentity, vw_SupplyByLevel, vw_UnverifiableContent")
    private String sql;

    @Option(names = "--as-of", paramLabel = "TIME", description = "makes a table TokensAsOf for the query: what the table had learned of by then, of each row the newest version; "
            + When.FORMS)
    private String asOf;

    @Mixin
    private SqlOptions server;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local or demo (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("tokensync-data");

    @Option(names = "--format", description = "table, csv or json (default: ${DEFAULT-VALUE})")
    private RowFormat format = RowFormat.table;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    @Option(names = "--timeout", paramLabel = "DURATION", converter = DurationConverter.Positive.class, description = "how long query and output may take, such as 30s or 2h (default: 5m)")
    private Duration timeout = Duration.ofMinutes(5);

    @Override
    public Integer call() throws InterruptedException {
        server.read(false);
        Optional<SqlSettings> named = server.settings(System.getenv());
        EmbeddedDatabase database = EmbeddedDatabase.of(data);
        if (named.isEmpty() && !database.exists()) {
            System.err.println(database.missing());
            return ExitCode.USAGE;
        }
        return ask(named.orElseGet(database::settings));
    }

    /** The query as it is sent. */
    private String sent(Dialect dialect) {
        String query = asOf == null ? sql : AsOf.query(dialect, moment(), sql);
        return dialect.translated(query);
    }

    private Instant moment() {
        return When.parse(asOf, Clock.systemUTC()).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "--as-of " + asOf + " is none of: " + When.FORMS));
    }

    /** The connection is left to the end of the process: closing it would wait for a query that does not end. */
    @SuppressWarnings("resource")
    private int ask(SqlSettings database) throws InterruptedException {
        String query = sent(database.dialect());
        try {
            Connection connection = SqlConnections.openToRead(database);
            Statement statement = connection.createStatement();
            new TimeLimit(timeout).run(statement, () -> print(connection, statement, query));
            return ExitCode.DONE;
        } catch (SQLException e) {
            System.err.println(complaint(e));
            if (database.dialect() == Dialect.SQLITE) {
                SqliteSyntax.advice(sql).forEach(System.err::println);
            }
        } catch (TimeoutException _) {
            System.err.println("the query and its output took longer than " + timeout.toSeconds()
                    + " s; ask for less, or allow more with --timeout DURATION");
        }
        return ExitCode.FAILED;
    }

    private Void print(Connection connection, Statement statement, String query) throws SQLException {
        try (connection; statement; ResultSet rows = statement.executeQuery(query)) {
            PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
            (json ? RowFormat.json : format).print(new ResultRows(rows), out);
            out.flush();
            return null;
        }
    }

    private static String complaint(SQLException e) {
        String reason = reason(e);
        if (e.getErrorCode() == READ_ONLY) {
            return "query only reads: " + reason;
        }
        return reason.startsWith(NOTHING_ELSE)
                ? "query only reads: it makes no other file, so that neither ATTACH nor VACUUM INTO is for it"
                : "the query failed: " + reason;
    }

    private static String reason(SQLException e) {
        Matcher own = OWN_WORDS.matcher(String.valueOf(e.getMessage()));
        return own.matches() ? own.group(1) : String.valueOf(e.getMessage());
    }
}
