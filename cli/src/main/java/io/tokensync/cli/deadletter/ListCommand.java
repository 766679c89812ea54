package io.tokensync.cli.deadletter;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.terminal.ExitCode;

/** A line for each letter, and how many there are of each reason. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists letters, and counts them by stage and reason.")
final class ListCommand extends OnLetters {
    @Mixin
    private final LetterFilter filter = new LetterFilter(Clock.systemUTC());

    @Option(names = "--limit", paramLabel = "N", description = "lines to print; all letters are counted (default: ${DEFAULT-VALUE})")
    private int limit = 100;

    @Override
    void check() {
        filter.check();
    }

    @Override
    int run(KafkaAccess access) throws InterruptedException {
        Map<String, Long> counts = new TreeMap<>();
        long[] all = {0};
        access.reader().visit(access.deadLetterTopic(), Map.of(), record -> {
            Letter.read(record).filter(filter::test).ifPresent(letter -> {
                counts.merge(letter.content().stage() + " " + letter.content().reason(), 1L, Long::sum);
                if (all[0]++ < limit) {
                    System.out.println(line(letter));
                }
            });
            return true;
        });
        counts.forEach((what, count) -> System.out.printf(Locale.ROOT, "%,d %s%n", count, what));
        System.out.printf(Locale.ROOT, "%,d letters%s%n", all[0],
                all[0] > limit ? ", the first " + limit + " shown" : "");
        return ExitCode.DONE;
    }

    private static String line(Letter letter) {
        return String.join("  ", letter.place(), letter.time().toString(), letter.content().stage(),
                letter.content().reason(), letter.node().orElse("-"), letter.origin(), letter.content().detail());
    }
}
