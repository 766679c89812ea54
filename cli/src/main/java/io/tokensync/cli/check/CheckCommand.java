package io.tokensync.cli.check;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.operator.SqlOptions;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.standalone.data.LocalFile;
import io.tokensync.standalone.run.LocalPlan;
import io.tokensync.standalone.run.LocalSettings;

/** {@code check}: tries everything that the configurations name, or the options without any. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Tries from this machine what stages or local need: Kafka and its topics, the database, nodes, IPFS, alerts, directories. Everything side by side, each thing for at most 15 s, and nothing is changed. Exit code 0 when all works, 1 when something does not, 2 when a configuration is wrong.")
public final class CheckCommand implements Callable<Integer> {
    private static final Duration BOUND = Duration.ofSeconds(15);

    @Option(names = "--config", arity = "1..*", paramLabel = "FILE", description = "configurations of stages, of topics (topics.*, with which the topics are compared) or of local, in YAML")
    private List<Path> files = List.of();

    @Option(names = "--nodes", paramLabel = "DIR", description = "directory below which nodes are looked for")
    private Path nodes;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local, which may be running")
    private Path data;

    @Mixin
    private final SqlOptions sql = new SqlOptions();

    @Option(names = "--send-test", description = "send a message over each channel of alerts; without it only its server is connected to")
    private boolean sendTest;

    @Option(names = "--json", description = "print a JSON array instead of lines")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        sql.read(false);
        if (files.isEmpty() && nodes == null && data == null && sql.address().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "what is to be tried? give --config FILE, --nodes DIR,"
                    + " --data DIR, --sql ADDRESS or --sql-file FILE");
        }
        Clock clock = Clock.systemUTC();
        try (Checks checks = new Checks(sendTest, clock)) {
            gather(checks, System.getenv());
            List<ProbeResult> results = new ProbeRunner(BOUND, clock).run(checks.groups(), result -> {
                if (!json) {
                    System.out.println(result.line());
                }
            });
            if (json) {
                System.out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter()
                        .writeValueAsString(results.stream().map(ProbeResult::fields).toList()));
            }
            return results.stream().allMatch(ProbeResult::passed) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void gather(Checks checks, Map<String, String> environment) {
        List<StageFile> stages = new ArrayList<>();
        boolean dataTried = false;
        for (Path file : files) {
            Optional<LocalFile> local = LocalFile.recognized(file);
            if (local.isPresent()) {
                gather(checks, local.get(), environment);
                dataTried = true;
            } else {
                stages.add(StageFile.read(file, environment));
            }
        }
        checks.stages(stages);
        if (nodes != null) {
            checks.nodes(nodes);
        }
        if (data != null && !dataTried) {
            checks.data(data);
        }
        sql.settings(environment).ifPresent(address -> checks.database(address, 1, true));
    }

    private void gather(Checks checks, LocalFile file, Map<String, String> environment) {
        Path where = data == null ? file.data() : data;
        LocalSettings settings = LocalSettings.toLookAt(where, file.roots()).withFile(file);
        checks.local(LocalPlan.of(settings.settings(environment)), settings.hasOwnDatabase());
        checks.data(where);
    }
}
