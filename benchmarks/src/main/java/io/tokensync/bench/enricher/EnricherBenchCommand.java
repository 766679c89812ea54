package io.tokensync.bench.enricher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Figure;
import io.tokensync.bench.Yardstick;
import io.tokensync.bench.codebook.CodebookFile;
import io.tokensync.bench.codebook.CodebookLookups;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.enricher.codebook.Codebook;

/** {@code bench enricher}: content at hand at the speed of Kafka, and content of a node that is slow or silent. */
@Command(name = "enricher", mixinStandardHelpOptions = true, description = "Measures the enricher between two topics of an embedded broker, beside a loop that only parses and writes.")
public final class EnricherBenchCommand implements Callable<Integer> {
    private static final String UNIT = "records/s";
    private static final double OF_PLAIN_LOOP = 0.7;
    private static final double OF_ALL_THERE = 0.9;
    private static final double FROM_NODE = 10_000;
    private static final double OF_BOUND = 0.8;
    private static final String PLAIN = "plain consume, parse, produce loop";
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final int IN_FLIGHT = 256;
    /** One of a hundred fetches lasts a hundred times as long: twice as many are under way as without those, and more. */
    private static final int IN_FLIGHT_WITH_SILENCE = 1_024;
    private static final int MISSING_ONE_OF = 100;
    /** Runs that are not measured: the compiler works on the broker's code and ours for that long. */
    private static final int WARM_RUNS = 2;
    /** Of each of two that are compared, in turns: a full collection falls into some of them and not into others. */
    private static final int RUNS = 3;

    @Option(names = "--records", paramLabel = "N", description = "records with their content (default: ${DEFAULT-VALUE})")
    private int records = 300_000;

    @Option(names = "--fetches", paramLabel = "N", description = "records whose content is fetched (default: ${DEFAULT-VALUE})")
    private int fetches = 100_000;

    @Option(names = "--lookups", paramLabel = "N", description = "lookups in the codebook alone (default: ${DEFAULT-VALUE})")
    private int lookups = 1_000_000;

    @Option(names = "--levels", paramLabel = "A-B", description = "levels of the codebook that is built for it (default: ${DEFAULT-VALUE})")
    private String levels = "1-78";

    @Option(names = "--codebook", paramLabel = "FILE", description = "take this codebook instead of building one")
    private Optional<Path> codebook = Optional.empty();

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchDirectory directory = options.directory()) {
            Path book = codebook.isPresent() ? codebook.orElseThrow() : build(directory.path());
            options.say("codebook, " + lookups + " lookups ...");
            // Before there is a broker in this process, whose memory is not the codebook's.
            List<Figure> figures = new ArrayList<>(CodebookLookups.measure(book, lookups));
            try (EmbeddedKafka broker = EmbeddedKafka.start(directory.path().resolve("kafka"))) {
                EnricherRun run = new EnricherRun(broker, Clock.systemUTC());
                Tokens tokens = new Tokens(Codebook.open(book).levels());
                figures.addAll(atHand("content attached", run, tokens::attached, Map.of()));
                figures.addAll(atHand("content in the codebook", run, tokens::bare,
                        Map.of("enricher.codebook.file", book.toString())));
                figures.addAll(fromNode(run, tokens));
            }
            return options.report(figures);
        }
    }

    private Path build(Path directory) throws IOException, InterruptedException {
        options.say("building the codebook of levels " + levels + " ...");
        return CodebookFile.build(directory, levels).path();
    }

    private List<Figure> atHand(String what, EnricherRun run, IntFunction<TokenRecord> row, Map<String, ?> keys)
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
                Figure.beside(what, measured.perSecond(), UNIT, new Yardstick(PLAIN, plain.perSecond()), OF_PLAIN_LOOP),
                Figure.note("processor time of that, broker included", measured.cpuMicros(), "us/record")
                        .with(new Yardstick(PLAIN, plain.cpuMicros())));
    }

    private List<Figure> fromNode(EnricherRun run, Tokens tokens) throws Exception {
        options.say("node that answers after " + DELAY.toMillis() + " ms, " + fetches + " records ...");
        Map<String, byte[]> blocks = HashMap.newHashMap(fetches);
        for (int number = 0; number < fetches; number++) {
            blocks.put(tokens.id(number).toString(), tokens.block(number));
        }
        double bound = IN_FLIGHT / (DELAY.toMillis() / 1e3);
        IntFunction<TokenRecord> someSilent = number -> tokens
                .bare(number % MISSING_ONE_OF == 0 ? fetches + number : number);
        List<EnricherRun.Result> few = new ArrayList<>();
        List<EnricherRun.Result> allThere = new ArrayList<>();
        List<EnricherRun.Result> withSilence = new ArrayList<>();
        for (int round = 0; round < 1 + RUNS; round++) {
            few.add(throughNode(run, blocks, IN_FLIGHT, tokens::bare));
            allThere.add(throughNode(run, blocks, IN_FLIGHT_WITH_SILENCE, tokens::bare));
            withSilence.add(throughNode(run, blocks, IN_FLIGHT_WITH_SILENCE, someSilent));
        }
        return figures(bound, speed(few), contents(allThere), contents(withSilence));
    }

    private static List<Figure> figures(double bound, Rate.Measured measured, Rate.Measured allThere,
            Rate.Measured withSilence) {
        return List.of(
                Figure.atLeast("node after 20 ms, 256 in flight", measured.perSecond(), UNIT,
                        Math.min(FROM_NODE, OF_BOUND * bound)).with(new Yardstick("bound: in flight / latency", bound)),
                Figure.note("processor time of that, broker and node included", measured.cpuMicros(), "us/record"),
                Figure.beside("1 % never answered, 1,024 in flight", withSilence.perSecond(), "contents/s",
                        new Yardstick("all answered", allThere.perSecond()), OF_ALL_THERE),
                Figure.note("processor time of that, broker and node included", withSilence.cpuMicros(),
                        "us/record").with(new Yardstick("all answered", allThere.cpuMicros())));
    }

    /** Without the first, because the JVM's HTTP client is much code to compile. */
    private static Rate.Measured speed(List<EnricherRun.Result> runs) {
        return Rate.Measured.of(runs.stream().skip(1).map(EnricherRun.Result::speed).toList());
    }

    /** Records without their content pass quickly, which is nothing to be proud of. */
    private static Rate.Measured contents(List<EnricherRun.Result> runs) {
        return Rate.Measured.of(runs.stream().skip(1).map(result -> new Rate.Measured(
                result.speed().perSecond() * result.fetchedPart(), result.speed().cpuMicros())).toList());
    }

    private EnricherRun.Result throughNode(EnricherRun run, Map<String, byte[]> blocks, int inFlight,
            IntFunction<TokenRecord> row)
            throws Exception {
        try (SlowNode node = node(blocks)) {
            EnricherRun.Result result = run.enricher(fetches, row,
                    Map.of("enricher.kubo.endpoints", List.of(node.address()), "enricher.kubo.lookup", "local",
                            "enricher.kubo.concurrency", inFlight, "enricher.fetches", inFlight));
            options.say("  " + result.contents());
            return result;
        }
    }

    private static SlowNode node(Map<String, byte[]> blocks) throws IOException {
        return SlowNode.start(blocks, DELAY);
    }
}
