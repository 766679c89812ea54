package io.tokensync.cli.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Logging;
import io.tokensync.cli.terminal.Terminal;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.common.runtime.StopSignal;

/** {@code local}: everything in one process, on real nodes. */
@Command(name = "local", mixinStandardHelpOptions = true, description = "Runs everything in one process on a directory tree of Rubix nodes, into the embedded database or --sql.")
public final class LocalCommand implements Callable<Integer> {
    @Option(names = "--nodes", required = true, paramLabel = "DIR", description = "directory below which nodes are looked for")
    private Path nodes;

    @Option(names = "--data", paramLabel = "DIR", description = "where broker log, agent state and database live (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("tokensync-data");

    @Option(names = "--once", description = "one pass, then end; without it changes are followed until Ctrl-C")
    private boolean once;

    @Option(names = "--essential-only", description = "rows without their content, which nobody asks for until a run without this option")
    private boolean essentialOnly;

    @Option(names = "--page", paramLabel = "PORT", description = "port of the status page on 127.0.0.1, 0 for any free one (default: ${DEFAULT-VALUE}, or any free one when that is taken; with --once there is a page only when this option asks for it)")
    private int page = PagePort.STANDARD;

    @Option(names = "--no-page", description = "no status page")
    private boolean noPage;

    @Option(names = "--source-ip", paramLabel = "NAME", description = "this machine's name in the table (default: the address of its network interface)")
    private String sourceIp;

    @Option(names = "--ipfs-api", paramLabel = "URL", description = "Kubo API to ask for content that no local repository has; repeatable")
    private List<URI> ipfsApis = List.of();

    @Option(names = "--sql", paramLabel = "ADDRESS", description = "SQL Server or Azure SQL: a JDBC URL such as jdbc:sqlserver://sql.example.com:1433;databaseName=tokens, or an ADO.NET or ODBC connection string")
    private String sql;

    @Option(names = "--sql-file", paramLabel = "FILE", description = "file with the address, such as azure_sql_connection.txt of the old tool")
    private Path sqlFile;

    @Option(names = "--sql-user", paramLabel = "NAME", description = "or TOKENSYNC_WRITER_SQL_USER")
    private String sqlUser;

    @Option(names = "--sql-password", paramLabel = "SECRET", arity = "0..1", interactive = true, description = "asked for when no value is given; or TOKENSYNC_WRITER_SQL_PASSWORD")
    private String sqlPassword;

    @Option(names = "--sql-password-file", paramLabel = "FILE", description = "file with the password; or TOKENSYNC_WRITER_SQL_PASSWORD_FILE")
    private Path sqlPasswordFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(nodes)) {
            throw new ParameterException(spec.commandLine(), "--nodes " + nodes + " is not a directory");
        }
        readAddress();
        try (StopSignal stop = new StopSignal(ShutdownHooks.system());
                DataDirectory directory = DataDirectory.open(data);
                LocalRun run = LocalRun.open(directory, Clock.systemUTC())) {
            Logging.toDirectory(directory.logs());
            return run(run, stop);
        }
    }

    private void readAddress() {
        if (sqlFile != null && sql != null) {
            throw new ParameterException(spec.commandLine(), "--sql and --sql-file are both given; leave one");
        }
        try {
            sql = sqlFile == null ? sql : Files.readString(sqlFile);
            if (sql != null) {
                SqlSettings.of(sql);
            }
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--sql-file " + sqlFile + " cannot be read ("
                    + e.getClass().getSimpleName() + "); name a UTF-8 file that this process may read");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        if (sql == null && (sqlUser != null || sqlPassword != null || sqlPasswordFile != null)) {
            throw new ParameterException(spec.commandLine(), "--sql-user and --sql-password go with --sql ADDRESS");
        }
    }

    private int run(LocalRun run, StopSignal stop) throws Exception {
        LocalPipeline pipeline = run.start(stop, LocalPlan.of(settings(run).values(), credentials(System.getenv())));
        PrintStream out = System.out;
        if (!once) {
            out.println("following the nodes below " + nodes + "; Ctrl-C ends it, and the next run goes on from there");
        }
        pipeline.page().ifPresent(address -> out.println("status page: " + address));
        Duration took = run.follow(once, stop, out, Terminal.isInteractive());
        if (took == null) {
            out.println("stopped; nothing is lost, and the next run goes on from here");
            return ExitCode.INTERRUPTED;
        }
        RunReport report = new RunReport(pipeline);
        report.lines(took).forEach(out::println);
        return report.somethingPutAside() ? ExitCode.PUT_ASIDE : ExitCode.DONE;
    }

    /**
     * Of the environment only the login of --sql, and only where no option gives it: variables that were set for a stage
     * on a cluster must not lead this run there.
     */
    private Map<String, String> credentials(Map<String, String> environment) {
        Map<String, String> credentials = new HashMap<>();
        if (sql != null && sqlUser == null) {
            copy(environment, credentials, "TOKENSYNC_WRITER_SQL_USER");
        }
        if (sql != null && sqlPassword == null && sqlPasswordFile == null) {
            copy(environment, credentials, "TOKENSYNC_WRITER_SQL_PASSWORD");
            copy(environment, credentials, "TOKENSYNC_WRITER_SQL_PASSWORD_FILE");
        }
        return credentials;
    }

    private static void copy(Map<String, String> from, Map<String, String> to, String name) {
        if (from.containsKey(name)) {
            to.put(name, from.get(name));
        }
    }

    private LocalSettings settings(LocalRun run) {
        LocalSettings settings = run.settings(nodes).withIpfsApis(ipfsApis).with("scanner.once", once)
                .with("scanner.essential-only", essentialOnly);
        boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--page");
        if (!noPage && (asked || !once)) {
            settings.withPage(asked ? page : PagePort.free());
        }
        if (sourceIp != null) {
            settings.with("scanner.source-ip", sourceIp);
        }
        if (sql != null) {
            settings.withSql(sql, Optional.ofNullable(sqlUser), Optional.ofNullable(sqlPassword),
                    Optional.ofNullable(sqlPasswordFile));
        }
        return settings;
    }
}
