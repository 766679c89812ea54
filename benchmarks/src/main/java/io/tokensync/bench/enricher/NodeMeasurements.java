package io.tokensync.bench.enricher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.Measurement;
import io.tokensync.common.model.TokenRecord;

/** Content of a node that takes its time, and of one that leaves some requests without an answer; in turns, like the others. */
final class NodeMeasurements {
    private static final String UNIT = "records/s";
    private static final double FROM_NODE = 10_000;
    private static final double OF_BOUND = 0.8;
    private static final double OF_ALL_THERE = 0.9;
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final int IN_FLIGHT = 256;
    /** One of a hundred fetches lasts a hundred times as long: twice as many are under way as without those, and more. */
    private static final int IN_FLIGHT_WITH_SILENCE = 1_024;
    private static final int MISSING_ONE_OF = 100;

    private final EnricherRun run;
    private final Tokens tokens;
    private final int fetches;
    private final Consumer<String> log;
    private final Map<String, byte[]> blocks;

    /**
     * One run.
     *
     * @param latency of the node in seconds, from a request to its answer
     */
    private record Fetched(EnricherRun.Result result, double latency) {}

    /**
     * @param fetches records of a run
     * @param log is told what became of each run
     */
    NodeMeasurements(EnricherRun run, Tokens tokens, int fetches, Consumer<String> log) {
        this.run = run;
        this.tokens = tokens;
        this.fetches = fetches;
        this.log = log;
        this.blocks = HashMap.newHashMap(fetches);
    }

    List<Measurement> measure() throws Exception {
        log.accept("node that answers after " + DELAY.toMillis() + " ms, " + fetches + " records ...");
        for (int number = 0; number < fetches; number++) {
            blocks.put(tokens.id(number).toString(), tokens.block(number));
        }
        IntFunction<TokenRecord> someSilent = number -> tokens
                .bare(number % MISSING_ONE_OF == 0 ? fetches + number : number);
        List<Fetched> few = new ArrayList<>();
        List<Fetched> allThere = new ArrayList<>();
        List<Fetched> withSilence = new ArrayList<>();
        for (int round = 0; round < EnricherBenchCommand.WARM_RUNS + EnricherBenchCommand.RUNS; round++) {
            few.add(fetch(IN_FLIGHT, tokens::bare));
            allThere.add(fetch(IN_FLIGHT_WITH_SILENCE, tokens::bare));
            withSilence.add(fetch(IN_FLIGHT_WITH_SILENCE, someSilent));
        }
        List<Measurement> measurements = new ArrayList<>(besideTheBound(warm(few)));
        measurements.addAll(besideAllThere(warm(withSilence), warm(allThere)));
        return measurements;
    }

    private Fetched fetch(int inFlight, IntFunction<TokenRecord> row) throws Exception {
        SlowNode node = SlowNode.start(blocks, DELAY);
        EnricherRun.Result result;
        try (node) {
            result = run.enricher(fetches, row,
                    Map.of("enricher.kubo.endpoints", List.of(node.address()), "enricher.kubo.lookup", "local",
                            "enricher.kubo.concurrency", inFlight, "enricher.fetches", inFlight));
        }
        log.accept("  " + result.contents());
        return new Fetched(result, node.latency());
    }

    private static List<Fetched> warm(List<Fetched> runs) {
        return runs.subList(EnricherBenchCommand.WARM_RUNS, runs.size());
    }

    /**
     * What must be reached is calculated with the delay; the baseline with what was measured of it, since the node has the same
     * processors as the enricher and answers a little later.
     */
    private static List<Measurement> besideTheBound(List<Fetched> runs) {
        Rate.Measured measured = Rate.Measured.of(runs.stream().map(fetched -> fetched.result.speed()).toList());
        double latency = runs.stream().mapToDouble(Fetched::latency).average().orElseThrow();
        String baseline = String.format(Locale.ROOT, "bound: in flight / latency, %.1f ms measured", latency * 1e3);
        double target = Math.min(FROM_NODE, OF_BOUND * IN_FLIGHT * 1e3 / DELAY.toMillis());
        return List.of(
                Measurement.atLeast("node after 20 ms, 256 in flight", measured.perSecond(), UNIT, target)
                        .with(new Baseline(baseline, IN_FLIGHT / latency)),
                Measurement.note("processor time of that, broker and node included", measured.cpuMicros(),
                        "us/record"));
    }

    private static List<Measurement> besideAllThere(List<Fetched> runs, List<Fetched> all) {
        Rate.Measured withSilence = contents(runs);
        Rate.Measured allThere = contents(all);
        return List.of(
                Measurement.beside("1 % never answered, 1,024 in flight", withSilence.perSecond(), "contents/s",
                        new Baseline("all answered", allThere.perSecond()), OF_ALL_THERE),
                Measurement.note("processor time of that, broker and node included", withSilence.cpuMicros(),
                        "us/record").with(new Baseline("all answered", allThere.cpuMicros())));
    }

    /** Records without their content pass quickly, which is nothing to be proud of. */
    private static Rate.Measured contents(List<Fetched> runs) {
        return Rate.Measured.of(runs.stream().map(Fetched::result).map(result -> new Rate.Measured(
                result.speed().perSecond() * result.fetchedPart(), result.speed().cpuMicros())).toList());
    }
}
