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

import io.tokensync.cli.data.DataDirectory;
import io.tokensync.cli.terminal.DurationOption;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Logging;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.cli.terminal.Terminal;
import io.tokensync.cli.terminal.Waits;
import io.tokensync.common.config.SecretFile;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.common.runtime.StopSignal;

/** {@code local}: everything in one process, on real nodes. */
@Command(name = "local", mixinStandardHelpOptions = true, description = "Runs everything in one process on a directory tree of Rubix nodes, into the embedded database or --sql.")
public final class LocalCommand implements Callable<Integer> {
    @Option(names = "--nodes", required = true, paramLabel = "DIR", description = "directory below which nodes are looked for")
    private Path nodes;

    private static final Duration LONGEST_WAIT_OF_ONE_PASS = Duration.ofMinutes(5);
    /** In the place of the embedded broker's address, as long as that does not run. */
    private static final KafkaSettings NOT_YET = KafkaSettings.at("127.0.0.1:1");

    @Option(names = "--data", paramLabel = "DIR", description = "where broker log, agent state and database live (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("tokensync-data");

    @Option(names = "--once", description = "one pass, then end; without it changes are followed until Ctrl-C")
    private boolean once;

    @Option(names = "--wait", paramLabel = "DURATION", converter = DurationOption.class, description = "how long the database, or whatever else a stage waits for, may be away before the run ends with exit code 1, such as 30s or 2h (default: 5m with --once, else as long as it takes)")
    private Duration wait;

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

    @Option(names = "--sql", paramLabel = "ADDRESS", description = "SQL Server or Azure SQL: a JDBC URL such as jdbc:sqlserver://sql.example.com:1433;databaseName=tokens, or an ADO.NET or ODBC connection string. With a password in it, it belongs into --sql-file: all users of this machine see the arguments of a process")
    private String sql;

    @Option(names = "--sql-file", paramLabel = "FILE", description = "file with the address, such as azure_sql_connection.txt of the old tool; chmod 600 when a password is in it")
    private Path sqlFile;

    @Option(names = "--sql-user", paramLabel = "NAME", description = "or TOKENSYNC_WRITER_SQL_USER")
    private String sqlUser;

    @Option(names = "--sql-password", paramLabel = "SECRET", arity = "0..1", interactive = true, description = "asked for when no value is given, which is better: all users of this machine see a value in the arguments of the process; or --sql-password-file; or TOKENSYNC_WRITER_SQL_PASSWORD")
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
                DataDirectory directory = DataDirectory.open(data).warn(System.err::println)) {
            LocalPlan _ = plan(directory, NOT_YET);
            Logging.toDirectory(directory.logs());
            try (LocalRun run = LocalRun.open(directory, Clock.systemUTC(), System.out)) {
                return run(run, plan(directory, run.kafka()), stop);
            }
        }
    }

    private void readAddress() {
        if (sqlFile != null && sql != null) {
            throw new ParameterException(spec.commandLine(), "--sql and --sql-file are both given; leave one");
        }
        try {
            sql = sqlFile == null ? sql : SecretFile.read(sqlFile);
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

    private int run(LocalRun run, LocalPlan plan, StopSignal stop) throws Exception {
        Waits waits = new Waits(Clock.systemUTC(),
                Optional.ofNullable(wait).or(() -> once ? Optional.of(LONGEST_WAIT_OF_ONE_PASS) : Optional.empty()));
        LocalPipeline pipeline = run.start(stop, plan, waits);
        PrintStream out = System.out;
        if (!once) {
            out.println("following the nodes below " + nodes + "; Ctrl-C ends it, and the next run goes on from there");
        }
        pipeline.page().ifPresent(address -> out.println("status page: " + address));
        Optional<Duration> took = run.follow(once, stop, Terminal.isInteractive(), waits);
        if (took.isEmpty()) {
            out.println("stopped; nothing is lost, and the next run goes on from here");
            return ExitCode.INTERRUPTED;
        }
        RunReport report = new RunReport(pipeline);
        report.lines(took.get()).forEach(line -> out.println(Printable.line(line)));
        return report.somethingPutAside() ? ExitCode.PUT_ASIDE : ExitCode.DONE;
    }

    /**
     * Of the environment only the login of --sql, and only where no option gives it: variables that were set for a stage
     * on a cluster must not lead this run there.
     */
    private Map<String, String> credentials(Map<String, String> environment) {
        Map<String, String> credentials = new HashMap<>();
        if (sql != null && sqlUser == null) {
            copy(environment, credentials, "USER");
        }
        if (sql != null && sqlPassword == null && sqlPasswordFile == null) {
            copy(environment, credentials, "PASSWORD");
            copy(environment, credentials, "PASSWORD_FILE");
        }
        return credentials;
    }

    /** The page's audit asks the same database as the writer. */
    private static void copy(Map<String, String> from, Map<String, String> to, String name) {
        String value = from.get("TOKENSYNC_WRITER_SQL_" + name);
        if (value != null) {
            to.put("TOKENSYNC_WRITER_SQL_" + name, value);
            to.put("TOKENSYNC_MONITOR_SQL_" + name, value);
        }
    }

    /** Everything that the options say, checked. */
    private LocalPlan plan(DataDirectory directory, KafkaSettings kafka) {
        return LocalPlan.of(settings(directory, kafka).values(), credentials(System.getenv()));
    }

    private LocalSettings settings(DataDirectory directory, KafkaSettings kafka) {
        LocalSettings settings = new LocalSettings(directory, kafka, nodes).withIpfsApis(ipfsApis)
                .with("scanner.once", once)
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
