package io.tokensync.cli.deadletter;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.operator.TopicOffsets;
import io.tokensync.cli.operator.When;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.Confirmation;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.kafka.deadletter.StoredDeadLetter;

/** Deletes dead letters from the beginning of the topic: Kafka deletes up to an offset, not here and there. */
@Command(name = "purge", mixinStandardHelpOptions = true, description = "Deletes all dead letters before an offset or a time, after a word is typed.")
final class PurgeCommand extends DeadLetterCommand {
    /** Up to where. */
    static final class UpTo {
        @Option(names = "--before", paramLabel = "P:O", split = ",", description = "dead letters before partition:offset")
        private String[] places;

        @Option(names = "--until", paramLabel = "TIME", description = "dead letters before this time, such as 2026-11-21T10:00 (UTC) or 30d")
        private String time;

        @Option(names = "--all", description = "all dead letters")
        private boolean all;
    }

    /** What {@code --json} shows: the dead letters before the place by reason, and how many of them were deleted. */
    private record Purge(boolean dryRun, long deleted, List<ReasonCount> counts) {}

    @ArgGroup(multiplicity = "1")
    private UpTo upTo;

    @Option(names = "--dry-run", description = "count what would be deleted, and end")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    int run(KafkaAccess access) throws InterruptedException {
        TopicOffsets offsets = new TopicOffsets(access.admin(), access.deadLetterTopic());
        Map<Integer, Long> before = before(offsets);
        List<ReasonCount> counts = count(access, before);
        long deadLetters = counts.stream().mapToLong(ReasonCount::deadLetters).sum();
        // with --json standard output is for the document alone
        PrintStream out = isJson() ? System.err : System.out;
        counts.forEach(count -> out.printf(Locale.ROOT, "%,d %s%n", count.deadLetters(), Printable.line(count.what())));
        if (deadLetters == 0 || dryRun) {
            out.printf(Locale.ROOT, "%,d dead letters would be deleted%n", deadLetters);
            return done(ExitCode.DONE, 0, counts);
        }
        String question = String.format(Locale.ROOT, "this deletes %,d dead letters of %s for ever", deadLetters,
                access.deadLetterTopic());
        if (!new Confirmation(System.in, out).given(question, "PURGE")) {
            return done(ExitCode.FAILED, 0, counts);
        }
        offsets.deleteBefore(before);
        out.printf(Locale.ROOT, "%,d dead letters deleted%n", deadLetters);
        return done(ExitCode.DONE, deadLetters, counts);
    }

    private int done(int code, long deleted, List<ReasonCount> counts) {
        if (isJson()) {
            System.out.println(JsonOption.document(new Purge(dryRun, deleted, counts)));
        }
        return code;
    }

    private Map<Integer, Long> before(TopicOffsets offsets) throws InterruptedException {
        Map<Integer, Long> ends = offsets.ends();
        if (upTo.all) {
            return ends;
        }
        if (upTo.time != null) {
            Instant time = When.parse(upTo.time, Clock.systemUTC()).orElseThrow(() -> new ParameterException(
                    spec.commandLine(), "--until " + upTo.time + " is not understood; give " + When.FORMS));
            return offsets.at(time);
        }
        Map<Integer, Long> before = new TreeMap<>();
        for (String place : upTo.places) {
            String[] parts = place.matches("\\d{1,9}:\\d{1,18}") ? place.split(":", -1) : new String[]{"-1", "0"};
            Long end = ends.get(Integer.parseInt(parts[0]));
            if (end == null || Long.parseLong(parts[1]) > end) {
                throw new ParameterException(spec.commandLine(), "--before " + place
                        + " is no place in the topic; give partition:offset, up to " + ends);
            }
            before.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        }
        return before;
    }

    private static List<ReasonCount> count(KafkaAccess access, Map<Integer, Long> before) throws InterruptedException {
        ReasonCount.Counter counts = new ReasonCount.Counter();
        access.reader().visit(access.deadLetterTopic(), Map.of(), record -> {
            if (record.offset() < before.getOrDefault(record.partition(), 0L)) {
                StoredDeadLetter.read(record).ifPresentOrElse(counts::add, counts::addNoDeadLetter);
            }
            return true;
        });
        return counts.all();
    }
}
