package io.tokensync.bench.enricher;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Figure;
import io.tokensync.bench.Yardstick;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.embedded.EmbeddedKafka;

/** {@code bench enricher}: content at hand at the speed of Kafka, and content of a node that is slow or silent. */
@Command(name = "enricher", mixinStandardHelpOptions = true, description = "Measures the enricher between two topics of an embedded broker, beside a loop that only parses and writes.")
public final class EnricherBenchCommand implements Callable<Integer> {
    private static final String UNIT = "records/s";
    private static final double OF_PLAIN_LOOP = 0.7;
    private static final double OF_ALL_THERE = 0.9;
    private static final double FROM_NODE = 10_000;
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final int IN_FLIGHT = 256;
    /** One of a hundred fetches lasts a hundred times as long: twice as many are under way as without those, and more. */
    private static final int IN_FLIGHT_WITH_SILENCE = 1_024;
    private static final int MISSING_ONE_OF = 100;

    @Option(names = "--records", paramLabel = "N", description = "records with their content (default: ${DEFAULT-VALUE})")
    private int records = 300_000;

    @Option(names = "--fetches", paramLabel = "N", description = "records whose content is fetched (default: ${DEFAULT-VALUE})")
    private int fetches = 100_000;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchDirectory directory = options.directory();
                EmbeddedKafka broker = EmbeddedKafka.start(directory.path().resolve("kafka"))) {
            EnricherRun run = new EnricherRun(broker, Clock.systemUTC());
            List<Figure> figures = new ArrayList<>();
            figures.add(atHand(run));
            figures.addAll(fromNode(run));
            return options.report(figures);
        }
    }

    private Figure atHand(EnricherRun run) throws Exception {
        options.say("content attached, " + records + " records ...");
        double plain = run.plainLoop(records, Tokens::attached);
        double measured = run.enricher(records, Tokens::attached, Map.of()).rate();
        return Figure.beside("content attached", measured, UNIT,
                new Yardstick("plain consume, parse, produce loop", plain), OF_PLAIN_LOOP);
    }

    private List<Figure> fromNode(EnricherRun run) throws Exception {
        options.say("node that answers after " + DELAY.toMillis() + " ms, " + fetches + " records ...");
        Map<String, byte[]> blocks = HashMap.newHashMap(fetches);
        for (int number = 0; number < fetches; number++) {
            blocks.put(Tokens.id(number).toString(), Tokens.block(number));
        }
        double bound = IN_FLIGHT / (DELAY.toMillis() / 1e3);
        double measured = throughNode(run, blocks, IN_FLIGHT, Tokens::bare);
        double allThere = throughNode(run, blocks, IN_FLIGHT_WITH_SILENCE, Tokens::bare);
        double withSilence = throughNode(run, blocks, IN_FLIGHT_WITH_SILENCE,
                number -> Tokens.bare(number % MISSING_ONE_OF == 0 ? fetches + number : number));
        return List.of(
                Figure.atLeast("node after 20 ms, 256 in flight", measured, UNIT, FROM_NODE)
                        .with(new Yardstick("bound: in flight / latency", bound)),
                Figure.beside("1 % never answered, 1,024 in flight", withSilence, UNIT,
                        new Yardstick("all answered", allThere), OF_ALL_THERE));
    }

    private double throughNode(EnricherRun run, Map<String, byte[]> blocks, int inFlight, IntFunction<TokenRecord> row)
            throws Exception {
        try (SlowNode node = node(blocks)) {
            EnricherRun.Result result = run.enricher(fetches, row,
                    Map.of("enricher.kubo.endpoints", List.of(node.address()), "enricher.kubo.lookup", "local",
                            "enricher.kubo.concurrency", inFlight, "enricher.fetches", inFlight));
            options.say(String.format(Locale.ROOT, "  %,.0f of %,d records had their content in time", result.fetched(),
                    fetches));
            return result.rate();
        }
    }

    private static SlowNode node(Map<String, byte[]> blocks) throws IOException {
        return SlowNode.start(blocks, DELAY);
    }
}
