package io.tokensync.cli.deadletter;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.When;
import io.tokensync.common.kafka.deadletter.StoredDeadLetter;
import io.tokensync.common.model.Digest;

/** Options that say which dead letters are meant; without any, all are. */
final class DeadLetterFilter {
    @Option(names = "--reason", paramLabel = "CODE", description = "only dead letters with this reason")
    private String reason;

    @Option(names = "--stage", paramLabel = "NAME", description = "only what this stage has rejected: scanner, enricher, writer")
    private String stage;

    @Option(names = "--node", paramLabel = "NAME", description = "only dead letters about this node")
    private String node;

    @Option(names = "--since", paramLabel = "TIME", description = "only dead letters since then, such as 2026-11-21T10:00 (UTC) or 6h")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "only dead letters before then")
    private String until;

    @Option(names = "--at", paramLabel = "P:O[-O]", split = ",", description = "only dead letters at partition:offset, or at a range of offsets")
    private String[] places = {};

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private final Clock clock;

    /** @param clock tells how long ago something was */
    DeadLetterFilter(Clock clock) {
        this.clock = clock;
    }

    /** Whether the dead letter is meant. */
    boolean test(StoredDeadLetter deadLetter) {
        return is(reason, deadLetter.content().reason()) && is(stage, deadLetter.content().stage())
                && (node == null || deadLetter.node().filter(node::equals).isPresent())
                && (since == null || !deadLetter.time().isBefore(time("--since", since)))
                && (until == null || deadLetter.time().isBefore(time("--until", until))) && isAtAPlace(deadLetter);
    }

    /** Says what is wrong with the options before anything is done. */
    void check() {
        if (since != null) {
            time("--since", since);
        }
        if (until != null) {
            time("--until", until);
        }
        for (String place : places) {
            if (!place.matches("\\d{1,9}:\\d{1,18}(-\\d{1,18})?")) {
                throw new ParameterException(spec.commandLine(), "--at " + place
                        + " is not understood; give partition:offset, or partition:first-last");
            }
        }
    }

    /** The same for the same options: a name for the progress of whoever uses them. */
    String name() {
        Map<String, String> options = new TreeMap<>();
        options.put("reason", String.valueOf(reason));
        options.put("stage", String.valueOf(stage));
        options.put("node", String.valueOf(node));
        options.put("since", String.valueOf(since));
        options.put("until", String.valueOf(until));
        options.put("at", String.join(",", places));
        return Long.toHexString(new Digest().text(options.toString()).toLong());
    }

    private boolean isAtAPlace(StoredDeadLetter deadLetter) {
        if (places.length == 0) {
            return true;
        }
        for (String place : places) {
            String[] parts = place.split("[:-]", -1);
            long first = Long.parseLong(parts[1]);
            long last = parts.length == 2 ? first : Long.parseLong(parts[2]);
            long offset = deadLetter.record().offset();
            if (Integer.parseInt(parts[0]) == deadLetter.record().partition() && offset >= first && offset <= last) {
                return true;
            }
        }
        return false;
    }

    private Instant time(String option, String text) {
        return When.parse(text, clock).orElseThrow(() -> new ParameterException(spec.commandLine(),
                option + " " + text + " is not understood; give " + When.FORMS));
    }

    private static boolean is(String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }
}
