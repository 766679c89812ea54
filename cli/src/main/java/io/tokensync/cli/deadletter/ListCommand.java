package io.tokensync.cli.deadletter;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.kafka.deadletter.StoredDeadLetter;

/**
 * A line for each record that was dead-lettered, and how many there are of each reason. A stage that reads a record again,
 * after a replay, rejects it again: that is one record, with as many dead letters.
 */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists dead letters, and counts them by stage and reason.")
final class ListCommand extends DeadLetterCommand {
    @Mixin
    private final DeadLetterFilter filter = new DeadLetterFilter(Clock.systemUTC());

    @Option(names = "--limit", paramLabel = "N", description = "lines to print; all dead letters are counted (default: ${DEFAULT-VALUE})")
    private int limit = 100;

    /** What {@code --json} shows; {@code shown} are the first ones, all are counted. */
    private record Listing(long deadLetters, long doubles, List<ReasonCount> counts, List<DeadLetterLine> shown) {}

    @Override
    void check() {
        filter.check();
    }

    @Override
    int run(KafkaAccess access) throws InterruptedException {
        ReasonCount.Counter counts = new ReasonCount.Counter();
        SourceRecords origins = new SourceRecords();
        Map<Long, DeadLetterLine> lines = new LinkedHashMap<>();
        access.reader().visit(access.deadLetterTopic(), Map.of(), record -> {
            StoredDeadLetter.read(record).filter(filter::test).ifPresent(deadLetter -> {
                if (origins.add(deadLetter) == 1) {
                    counts.add(deadLetter);
                    if (lines.size() < limit) {
                        lines.put(deadLetter.originId(), DeadLetterLine.of(deadLetter));
                    }
                }
            });
            return true;
        });
        List<DeadLetterLine> shown = new ArrayList<>();
        lines.forEach((origin, line) -> shown.add(line.times(origins.count(origin))));
        if (isJson()) {
            System.out.println(JsonOption.document(
                    new Listing(origins.size(), origins.doubles(), counts.all(), shown)));
        } else {
            print(origins, counts.all(), shown);
        }
        return ExitCode.DONE;
    }

    private void print(SourceRecords origins, List<ReasonCount> counts, List<DeadLetterLine> shown) {
        shown.forEach(line -> System.out.println(Printable.line(line.text())));
        counts.forEach(count -> System.out.printf(Locale.ROOT, "%,d %s%n", count.deadLetters(),
                Printable.line(count.what())));
        System.out.printf(Locale.ROOT, "%,d dead letters%s%s%n", origins.size(),
                origins.size() > limit ? ", the first " + limit + " shown" : "",
                origins.doubles() == 0
                        ? ""
                        : String.format(Locale.ROOT, "; %,d more say the same of the same records, read again",
                                origins.doubles()));
    }
}
