package io.tokensync.cli.deadletter;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;

/**
 * A line for each record that was dead-lettered, and how many there are of each reason. A stage that reads a record again,
 * after a replay, refuses it again: that is one record, with as many letters.
 */
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
        Origins origins = new Origins();
        Map<Long, String> lines = new LinkedHashMap<>();
        access.reader().visit(access.deadLetterTopic(), Map.of(), record -> {
            Letter.read(record).filter(filter::test).ifPresent(letter -> {
                if (origins.add(letter) == 1) {
                    counts.merge(letter.content().stage() + " " + letter.content().reason(), 1L, Long::sum);
                    if (lines.size() < limit) {
                        lines.put(letter.originId(), line(letter));
                    }
                }
            });
            return true;
        });
        lines.forEach((origin, line) -> System.out.println(line + again(origins.count(origin))));
        counts.forEach((what, count) -> System.out.printf(Locale.ROOT, "%,d %s%n", count, Printable.line(what)));
        System.out.printf(Locale.ROOT, "%,d letters%s%s%n", origins.size(),
                origins.size() > limit ? ", the first " + limit + " shown" : "",
                origins.doubles() == 0
                        ? ""
                        : String.format(Locale.ROOT, "; %,d more say the same of the same records, read again",
                                origins.doubles()));
        return ExitCode.DONE;
    }

    private static String again(int times) {
        return times == 1 ? "" : "  (" + times + " times)";
    }

    private static String line(Letter letter) {
        return Printable.line(String.join("  ", letter.place(), letter.time().toString(), letter.content().stage(),
                letter.content().reason(), letter.node().orElse("-"), letter.origin(), letter.content().detail()));
    }
}
