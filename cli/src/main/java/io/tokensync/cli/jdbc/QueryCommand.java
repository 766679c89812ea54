package io.tokensync.cli.jdbc;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.tokensync.cli.local.DataDirectory;
import io.tokensync.cli.terminal.ExitCode;

/** {@code query}: one SELECT on the embedded database, also while {@code local} is running. */
@Command(name = "query", mixinStandardHelpOptions = true, description = "Reads the embedded database, e.g. query \"SELECT node_name, COUNT(*) FROM vw_Tokens GROUP BY node_name\".")
public final class QueryCommand implements Callable<Integer> {
    /** How rows are printed. */
    enum Format {
        table,
        csv,
        json
    }

    /** H2: the user may not do this. */
    private static final int NOT_ENOUGH_RIGHTS = 90096;
    private static final String STATEMENT_FOLLOWS = "; SQL statement:";

    @Parameters(paramLabel = "SELECT", description = "the query; tables TokenRecords, ProcessedDatabases, SyncSessions; views vw_Tokens, vw_TokenHolders, vw_FreeOnSeveralNodes, vw_PartsAgainstParent, vw_Nodes, vw_StaleNodes, vw_UnverifiableContent")
    private String sql;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local or demo (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("tokensync-data");

    @Option(names = "--format", description = "table, csv or json (default: ${DEFAULT-VALUE})")
    private Format format = Format.table;

    @Override
    public Integer call() {
        Path file = DataDirectory.database(data);
        if (!Files.exists(Path.of(file + ".mv.db"))) {
            System.err.println("there is no database under " + data.toAbsolutePath().normalize()
                    + ": run ./tokensync local --nodes DIR --data " + data
                    + " first, or name its directory with --data DIR");
            return ExitCode.USAGE;
        }
        try (Connection connection = EmbeddedConnection.open(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
            rowFormat().print(rows, out);
            out.flush();
            return ExitCode.DONE;
        } catch (SQLException e) {
            System.err.println(explain(e));
            return ExitCode.FAILED;
        }
    }

    private RowFormat rowFormat() {
        return switch (format) {
            case table -> new TableFormat();
            case csv -> new CsvFormat();
            case json -> new JsonFormat();
        };
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
