package io.tokensync.cli.local;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.SqlOptions;
import io.tokensync.cli.terminal.DurationConverter;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Logging;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.config.Settings;
import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.LocalFile;
import io.tokensync.standalone.run.LocalPipeline;
import io.tokensync.standalone.run.LocalPlan;
import io.tokensync.standalone.run.LocalRun;
import io.tokensync.standalone.run.LocalSettings;
import io.tokensync.standalone.run.RunReport;
import io.tokensync.standalone.run.WaitMessages;

/** {@code local}: everything in one process, on real nodes. */
@Command(name = "local", mixinStandardHelpOptions = true, description = "Runs everything in one process on a directory tree of Rubix nodes, into the embedded database or --sql.")
public final class LocalCommand implements Callable<Integer> {
    private static final Duration LONGEST_WAIT_OF_ONE_PASS = Duration.ofMinutes(5);

    @Option(names = "--nodes", paramLabel = "DIR", description = "directory below which nodes are looked for; or scanner.roots of --config")
    private Path nodes;

    @Option(names = "--config", paramLabel = "FILE", description = "YAML with the stages' own keys (scanner.*, enricher.*, writer.*, monitor.*) and local.data; options win over it. Example: deploy/config/local.yaml")
    private Path config;

    @Option(names = "--check-config", description = "show what is configured, or what is wrong with it, and end")
    private boolean checkConfig;

    @Option(names = "--databases", split = ",", paramLabel = "NAME", description = "files that are databases of nodes, such as rubix.db,rubixtest.db (default: scanner.databases of --config, else rubix.db); repeatable")
    private List<String> databases = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "where broker log, agent state and database live (default: local.data of --config, else tokensync-data)")
    private Path data;

    @Option(names = "--once", description = "one scan cycle, then end; without it changes are followed until Ctrl-C")
    private boolean once;

    @Option(names = "--verify", description = "with --once: when everything is in the table, prove that it has what every node holds, repair what differs, and say so; exit code 3 when they are not equal in the end")
    private boolean verify;

    @Option(names = "--wait", paramLabel = "DURATION", converter = DurationConverter.Positive.class, description = "how long the database, or whatever else a stage waits for, may be away before the run ends with exit code 1, such as 30s or 2h (default: 5m with --once, else as long as it takes)")
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

    @Mixin
    private final SqlOptions sql = new SqlOptions();

    @Spec
    private CommandSpec spec;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private LocalFile file = LocalFile.none();

    @Override
    public Integer call() throws Exception {
        if (verify && !once) {
            throw new ParameterException(spec.commandLine(), "--verify needs --once; while nodes are followed, ask with"
                    + " tokensync verify --data");
        }
        file = config == null ? LocalFile.none() : LocalFile.read(config);
        sql.read(file.namesDatabase());
        List<Path> roots = roots();
        Path where = data == null ? file.data() : data;
        if (checkConfig) {
            Settings settings = configured(LocalSettings.toLookAt(where, roots));
            LocalPlan _ = LocalPlan.of(settings);
            settings.inUse(LocalFile.DATA, where.toString(), "--data");
            System.out.println(settings.describe().stripTrailing());
            warn(settings);
            return ExitCode.DONE;
        }
        try (StopSignal stop = new StopSignal(ShutdownHooks.system());
                DataDirectory directory = DataDirectory.open(where).warn(err::println)) {
            Settings settings = configured(new LocalSettings(directory, roots));
            LocalPlan _ = LocalPlan.of(settings);
            warn(settings);
            Logging.toDirectory(directory.logs());
            try (LocalRun run = LocalRun.open(directory, Clock.systemUTC(), out)) {
                return run(run, LocalPlan.of(configured(new LocalSettings(directory, run.kafka(), roots))), stop);
            }
        }
    }

    private void warn(Settings settings) {
        settings.warnings().forEach(warning -> err.println("warning: " + warning));
    }

    /** The directories of the nodes, which are there when they are going to be read. */
    private List<Path> roots() {
        if (nodes == null && file.roots().isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "where are the nodes? give --nodes DIR, or scanner.roots in --config FILE");
        }
        List<Path> roots = nodes == null ? file.roots() : List.of(nodes);
        for (Path root : roots) {
            if (!checkConfig && !Files.isDirectory(root)) {
                throw new ParameterException(spec.commandLine(),
                        (nodes == null ? "scanner.roots: " : "--nodes ") + root + " is not a directory");
            }
        }
        return roots;
    }

    private int run(LocalRun run, LocalPlan plan, StopSignal stop) throws Exception {
        WaitMessages waits = new WaitMessages(Clock.systemUTC(),
                Optional.ofNullable(wait).or(() -> once ? Optional.of(LONGEST_WAIT_OF_ONE_PASS) : Optional.empty()));
        LocalPipeline pipeline = run.start(stop, plan, waits);
        PrintStream out = System.out;
        if (!once) {
            String roots = plan.agents().getFirst().discovery().roots().stream().map(Path::toString)
                    .collect(Collectors.joining(", "));
            out.println("following the nodes below " + roots
                    + "; Ctrl-C ends it, and the next run goes on from there");
        }
        pipeline.page().ifPresent(address -> out.println("status page: " + address));
        Optional<Duration> took = new RunFollower(run, pipeline, Clock.systemUTC(), out).follow(once, stop, waits);
        if (took.isEmpty()) {
            run.stopped().forEach(out::println);
            out.println("stopped; nothing is lost, and the next run goes on from here");
            return ExitCode.INTERRUPTED;
        }
        RunReport report = new RunReport(pipeline);
        report.lines(took.get()).forEach(line -> out.println(Printable.line(line)));
        run.reports().forEach(out::println);
        int code = report.isIncomplete() ? ExitCode.INCOMPLETE : ExitCode.DONE;
        return verify ? verified(run, plan, pipeline, stop, code) : code;
    }

    private int verified(LocalRun run, LocalPlan plan, LocalPipeline pipeline, StopSignal stop, int code)
            throws InterruptedException {
        return switch (new VerifiedRun(run, Clock.systemUTC(), out).verify(pipeline, plan, stop)) {
            case EQUAL -> code;
            case NOT_EQUAL -> ExitCode.INCOMPLETE;
            case STOPPED -> ExitCode.INTERRUPTED;
        };
    }

    private Settings configured(LocalSettings settings) {
        settings.withFile(file).withDatabase(sql.given()).withIpfsApis(ipfsApis).with("scanner.once", once);
        if (!databases.isEmpty()) {
            settings.with("scanner.databases", databases);
        }
        if (essentialOnly) {
            settings.with("scanner.essential-only", true);
        }
        if (sourceIp != null) {
            settings.with("scanner.source-ip", sourceIp);
        }
        if (noPage) {
            settings.with("monitor.page.enabled", false);
        } else if (spec.commandLine().getParseResult().hasMatchedOption("--page")) {
            settings.with("monitor.page.enabled", true).with("monitor.page.port", page);
        } else if (!once) {
            settings.withDefault("monitor.page.enabled", true).withDefault("monitor.page.port", PagePort.free());
        }
        return settings.settings(System.getenv());
    }
}
