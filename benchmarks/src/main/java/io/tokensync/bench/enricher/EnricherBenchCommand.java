package io.tokensync.bench.enricher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.codebook.CodebookFile;
import io.tokensync.bench.codebook.LookupMeasurements;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.enricher.codebook.Codebook;

/** {@code bench enricher}: content at hand at the speed of Kafka, and content of a node that is slow or silent. */
@Command(name = "enricher", mixinStandardHelpOptions = true, description = "Measures the enricher between two topics of an embedded broker, beside a loop that only parses and writes.")
public final class EnricherBenchCommand implements Callable<Integer> {
    private static final String UNIT = "records/s";
    private static final double OF_PLAIN_LOOP = 0.7;
    private static final String PLAIN = "plain consume, parse, produce loop";
    /** Runs that are not measured: the compiler works on the broker's code and ours for that long. */
    static final int WARM_RUNS = 2;
    /** Of each of two that are compared, in turns: a full collection falls into some of them and not into others. */
    static final int RUNS = 3;

    @Option(names = "--records", paramLabel = "N", description = "records with their content (default: ${DEFAULT-VALUE})")
    private int records = 300_000;

    @Option(names = "--fetches", paramLabel = "N", description = "records whose content is fetched (default: ${DEFAULT-VALUE})")
    private int fetches = 100_000;

    @Option(names = "--lookups", paramLabel = "N", description = "lookups in the codebook alone (default: ${DEFAULT-VALUE})")
    private int lookups = 1_000_000;

    @Option(names = "--levels", paramLabel = "A-B", description = "levels of the codebook that is built for it (default: ${DEFAULT-VALUE})")
    private String levels = "0-78";

    @Option(names = "--codebook", paramLabel = "FILE", description = "take this codebook instead of building one")
    private Optional<Path> codebook = Optional.empty();

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchDirectory directory = options.directory()) {
            Path book = codebook.isPresent() ? codebook.orElseThrow() : build(directory.path());
            options.say("codebook, " + lookups + " lookups ...");
            List<Measurement> measurements = new ArrayList<>(
                    LookupMeasurements.ofProcess(directory.path(), book, lookups).measurements());
            try (EmbeddedKafka broker = EmbeddedKafka.start(directory.path().resolve("kafka"))) {
                EnricherRun run = new EnricherRun(broker, Clock.systemUTC());
                Tokens tokens = new Tokens(Codebook.open(book).levels());
                measurements.addAll(atHand("content attached", run, tokens::attached, Map.of()));
                measurements.addAll(atHand("content in the codebook", run, tokens::bare,
                        Map.of("enricher.codebook.file", book.toString())));
                measurements.addAll(new NodeMeasurements(run, tokens, fetches, options::say).measure());
            }
            return options.report(measurements);
        }
    }

    private Path build(Path directory) throws IOException, InterruptedException {
        options.say("building the codebook of levels " + levels + " ...");
        return CodebookFile.build(directory, levels).path();
    }

    private List<Measurement> atHand(String what, EnricherRun run, IntFunction<TokenRecord> row, Map<String, ?> keys)
            throws Exception {
        options.say(what + ", " + records + " records ...");
        List<Rate.Measured> loops = new ArrayList<>();
        List<Rate.Measured> stages = new ArrayList<>();
        for (int round = 0; round < WARM_RUNS + RUNS; round++) {
            loops.add(run.plainLoop(records, row));
            stages.add(run.enricher(records, row, keys).speed());
        }
        Rate.Measured plain = Rate.Measured.of(loops.subList(WARM_RUNS, loops.size()));
        Rate.Measured measured = Rate.Measured.of(stages.subList(WARM_RUNS, stages.size()));
        return List.of(
                Measurement.beside(what, measured.perSecond(), UNIT, new Baseline(PLAIN, plain.perSecond()),
                        OF_PLAIN_LOOP),
                Measurement.note("processor time of that, broker included", measured.cpuMicros(), "us/record")
                        .with(new Baseline(PLAIN, plain.cpuMicros())));
    }
}
