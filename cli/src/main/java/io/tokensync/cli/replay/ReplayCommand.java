package io.tokensync.cli.replay;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.operator.KafkaOptions;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.kafka.TopicOffsets;

/** {@code replay}: moves a stopped group back, says so before, and looks afterwards whether it is so. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = "Lets a stopped stage read its topic again; rows that are in the table already are not written again.")
public final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "tokens.enriched for the writer, tokens.scanned for the enricher")
    private String topic;

    @Option(names = "--from", required = true, paramLabel = "POINT", description = "beginning; a time in UTC such as 2026-11-21T10:00; how long ago, such as 6h; or offsets such as 0:1200,3:77")
    private String from;

    @Option(names = "--group", paramLabel = "NAME", description = "group to move (default: the configuration's, or the only one that reads the topic)")
    private String group;

    @Option(names = "--dry-run", description = "say what would be done, and end")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        StartPoint start = startPoint();
        try (KafkaAccess access = kafka.open()) {
            return run(access, start, System.out);
        }
    }

    private StartPoint startPoint() {
        try {
            return StartPoint.parse(from, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage());
        }
    }

    private int run(KafkaAccess access, StartPoint start, PrintStream out) throws InterruptedException {
        TopicOffsets offsets = new TopicOffsets(access.admin(), topic);
        Map<Integer, Long> starts = offsets.starts();
        String name = Optional.ofNullable(group).or(() -> access.group(topic)).orElse(null);
        name = name == null ? onlyGroup(offsets.groups()) : name;
        ReplayPlan plan = plan(offsets, starts, name, start);
        describe(name, plan, out);
        if (plan.moves().isEmpty()) {
            return ExitCode.DONE;
        }
        List<String> members = access.isExclusive() ? List.of() : offsets.members(name);
        if (!members.isEmpty()) {
            members.forEach(member -> out.println("alive: " + member));
            out.println(
                    "the group must be stopped first; a member that was killed counts as alive until its session has"
                            + " timed out (45 s)");
            return dryRun ? ExitCode.DONE : ExitCode.FAILED;
        }
        if (dryRun) {
            out.println("nothing has been done yet");
            return ExitCode.DONE;
        }
        if (access.isExclusive()) {
            offsets.dismissMembers(name);
        }
        offsets.move(name, plan.targets());
        return verify(offsets.committed(name), plan, out);
    }

    private String onlyGroup(List<String> groups) {
        if (groups.size() == 1) {
            return groups.getFirst();
        }
        throw new ParameterException(spec.commandLine(), groups.isEmpty()
                ? "no group has read " + topic + " yet; there is nothing to read again"
                : "several groups read " + topic + "; say which with --group: " + String.join(", ", groups));
    }

    private ReplayPlan plan(TopicOffsets offsets, Map<Integer, Long> starts, String name, StartPoint start)
            throws InterruptedException {
        Map<Integer, Long> committed = offsets.committed(name);
        try {
            return switch (start) {
                case StartPoint.Beginning() -> ReplayPlan.of(starts, false, starts, committed);
                case StartPoint.Time(var instant) -> ReplayPlan.of(offsets.at(instant), false, starts, committed);
                case StartPoint.Offsets(var wanted) -> ReplayPlan.of(wanted, true, starts, committed);
            };
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from " + from + ": " + e.getMessage());
        }
    }

    private void describe(String name, ReplayPlan plan, PrintStream out) {
        plan.moves().forEach(move -> out.printf(Locale.ROOT, "partition %d: from %,d back to %,d%n", move.partition(),
                move.from(), move.to()));
        out.printf(Locale.ROOT, "group %s reads %,d offsets of %s again%n", name, plan.offsets(), topic);
    }

    private static int verify(Map<Integer, Long> committed, ReplayPlan plan, PrintStream out) {
        List<ReplayPlan.Move> wrong = plan.moves().stream()
                .filter(move -> !Long.valueOf(move.to()).equals(committed.get(move.partition()))).toList();
        wrong.forEach(move -> out.println("partition " + move.partition() + " is at " + committed.get(move.partition())
                + ", not at " + move.to() + ": somebody else has moved it; run this again"));
        if (wrong.isEmpty()) {
            out.println("done and verified; start the stage again");
        }
        return wrong.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
