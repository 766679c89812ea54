package io.tokensync.cli.check;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.jdbc.SqlProbes;
import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.writer.jdbc.Database;

/** {@code check}: tries everything that the configurations name. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Tries whether Kafka, the database and IPFS can be reached as these configurations have it; 0 when all can.")
public final class CheckCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 64;

    @Option(names = "--config", required = true, arity = "1..*", paramLabel = "FILE", description = "configurations of stages in YAML")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "print a JSON array instead of lines")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        List<ProbeResult> results = new ArrayList<>();
        for (Path file : files) {
            check(Settings.load(file, System.getenv()), results);
        }
        if (json) {
            System.out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(results.stream().map(CheckCommand::fields).toList()));
        }
        return results.stream().allMatch(ProbeResult::passed) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void check(Settings settings, List<ProbeResult> results) throws InterruptedException {
        Optional<KafkaSettings> kafka = settings.build(() -> KafkaSettings.from(settings));
        Optional<TopicSet> topics = settings.build(() -> TopicSet.from(settings));
        boolean hasDatabase = settings.optionalSecret("writer.sql.url").isPresent();
        Optional<SqlSettings> sql = hasDatabase
                ? settings.build(() -> SqlSettings.from(settings, "writer.sql"))
                : Optional.empty();
        int threads = settings.integer("writer.threads", 1, 1, MOST_THREADS);
        List<URI> nodes = settings.uris("enricher.kubo.endpoints");
        settings.checkRead();
        run(new KafkaProbes(kafka.orElseThrow(), topics.orElseThrow()).all(), results);
        if (sql.isPresent()) {
            try (Database database = Database.open(sql.get(), threads)) {
                run(new SqlProbes(database, threads, Clock.systemUTC()).all(), results);
            }
        }
        for (URI node : nodes) {
            run(List.of(new IpfsProbe(node)), results);
        }
    }

    private void run(List<Probe> probes, List<ProbeResult> results) throws InterruptedException {
        List<ProbeResult> found = ProbeResult.of(probes, Clock.systemUTC());
        if (!json) {
            found.forEach(result -> System.out.println(Printable.line(result.line())));
        }
        results.addAll(found);
    }

    private static Map<String, Object> fields(ProbeResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", result.name());
        fields.put("passed", result.passed());
        fields.put("millis", result.took().toMillis());
        fields.put("detail", result.detail());
        return fields;
    }
}
