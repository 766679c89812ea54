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
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.tokensync.cli.output.RowFormat;
import io.tokensync.cli.terminal.DurationConverter;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.time.Sleeper;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.standalone.data.jdbc.Snapshot;

/** {@code query}: one SELECT on the embedded database, in this process, also while {@code local} is running. */
@Command(name = "query", mixinStandardHelpOptions = true, description = "Reads the embedded database, e.g. query \"SELECT node_name, COUNT(*) FROM vw_Tokens GROUP BY node_name\".")
public final class QueryCommand implements Callable<Integer> {
    /** H2: the user may not do this. */
    private static final int NOT_ENOUGH_RIGHTS = 90096;
    private static final String STATEMENT_FOLLOWS = "; SQL statement:";

    @Parameters(paramLabel = "SELECT", description = "the query; tables TokenRecords, ProcessedDatabases, SyncSessions; views vw_Tokens, vw_TokenHolders, vw_FreeOnSeveralNodes, vw_PartsAgainstParent, vw_Nodes, vw_StaleNodes, vw_TokenContents, vw_TokenIdentity, vw_SupplyByLevel, vw_UnverifiableContent")
    private String sql;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local or demo (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("tokensync-data");

    @Option(names = "--format", description = "table, csv or json (default: ${DEFAULT-VALUE})")
    private RowFormat format = RowFormat.table;

    @Option(names = "--timeout", paramLabel = "DURATION", converter = DurationConverter.Positive.class, description = "how long query and output may take, such as 30s or 2h (default: 5m)")
    private Duration timeout = Duration.ofMinutes(5);

    @Override
    public Integer call() throws InterruptedException {
        if (!EmbeddedDatabase.of(data).exists()) {
            System.err.println("there is no database under " + DataDirectory.root(data)
                    + ": run ./tokensync local --nodes DIR --data " + data
                    + " first, or name its directory with --data DIR");
            return ExitCode.USAGE;
        }
        try (Snapshot snapshot = Snapshot.open(data, Clock.systemUTC(), Sleeper.system())) {
            return ask(snapshot);
        }
    }

    /** The connection is left to the end of the process: closing it would wait for a query that does not end. */
    @SuppressWarnings("resource")
    private int ask(Snapshot snapshot) throws InterruptedException {
        try {
            Connection connection = snapshot.connect();
            Statement statement = connection.createStatement();
            new TimeLimit(timeout).run(statement, () -> print(connection, statement));
            return ExitCode.DONE;
        } catch (SQLException e) {
            System.err.println(explain(e));
        } catch (TimeoutException _) {
            System.err.println("the query and its output took longer than " + timeout.toSeconds()
                    + " s; ask for less, or allow more with --timeout DURATION");
        }
        return ExitCode.FAILED;
    }

    private Void print(Connection connection, Statement statement) throws SQLException {
        try (connection; statement; ResultSet rows = statement.executeQuery(sql)) {
            PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
            format.print(new ResultRows(rows), out);
            out.flush();
            return null;
        }
    }

    private static String explain(SQLException e) {
        if (e.getErrorCode() == NOT_ENOUGH_RIGHTS) {
            return "query only reads: " + reason(e);
        }
        return "the query failed: " + reason(e);
    }

    /** Without the statement, which H2 repeats behind the reason. */
    private static String reason(SQLException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        int statement = message.indexOf(STATEMENT_FOLLOWS);
        return statement < 0 ? message : message.substring(0, statement);
    }
}
