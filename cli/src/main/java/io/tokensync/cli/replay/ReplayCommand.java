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
import io.tokensync.cli.operator.TopicOffsets;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.ExitCode;

/** {@code replay}: moves a stopped group back, says so before, and looks afterwards whether it is so. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = "Lets a stopped stage read its topic again; rows that are in the table already are not written again.")
public final class ReplayCommand implements Callable<Integer> {
    private static final String ALIVE = "group_is_alive";
    private static final String MOVED_BY_OTHERS = "moved_by_others";

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

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    /**
     * What {@code --json} shows.
     *
     * @param outcome {@code nothing_to_do}, {@code dry_run}, {@code group_is_alive}, {@code done} or {@code moved_by_others}
     * @param alive members of the group, which must be stopped first
     */
    private record Replay(String group, String topic, long offsets, List<ReplayPlan.Move> moves, String outcome,
            List<String> alive) {}

    @Override
    public Integer call() throws InterruptedException {
        StartPoint start = startPoint();
        try (KafkaAccess access = kafka.open()) {
            return run(access, start);
        }
    }

    private StartPoint startPoint() {
        try {
            return StartPoint.parse(from, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage());
        }
    }

    private int run(KafkaAccess access, StartPoint start) throws InterruptedException {
        TopicOffsets offsets = new TopicOffsets(access.admin(), topic);
        Map<Integer, Long> starts = offsets.starts();
        String name = Optional.ofNullable(group).or(() -> access.group(topic)).orElse(null);
        name = name == null ? onlyGroup(offsets.groups()) : name;
        ReplayPlan plan = plan(offsets, starts, name, start);
        // with --json standard output is for the document alone
        PrintStream out = json.isAsked() ? System.err : System.out;
        describe(name, plan, out);
        List<String> members = access.isExclusive() || plan.moves().isEmpty() ? List.of() : offsets.members(name);
        String outcome = outcome(access, offsets, name, plan, members, out);
        if (json.isAsked()) {
            System.out.println(JsonOption.document(
                    new Replay(name, topic, plan.offsets(), plan.moves(), outcome, members)));
        }
        boolean failed = outcome.equals(MOVED_BY_OTHERS) || (outcome.equals(ALIVE) && !dryRun);
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Moves the group when it may, and says so. */
    private String outcome(KafkaAccess access, TopicOffsets offsets, String name, ReplayPlan plan,
            List<String> members, PrintStream out) throws InterruptedException {
        if (plan.moves().isEmpty()) {
            return "nothing_to_do";
        }
        if (!members.isEmpty()) {
            members.forEach(member -> out.println("alive: " + member));
            out.println(
                    "the group must be stopped first; a member that was killed counts as alive until its session has"
                            + " timed out (45 s)");
            return ALIVE;
        }
        if (dryRun) {
            out.println("nothing has been done yet");
            return "dry_run";
        }
        if (access.isExclusive()) {
            offsets.dismissMembers(name);
        }
        offsets.move(name, plan.targets());
        return verify(offsets.committed(name), plan, out) ? "done" : MOVED_BY_OTHERS;
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

    private static boolean verify(Map<Integer, Long> committed, ReplayPlan plan, PrintStream out) {
        List<ReplayPlan.Move> wrong = plan.moves().stream()
                .filter(move -> !Long.valueOf(move.to()).equals(committed.get(move.partition()))).toList();
        wrong.forEach(move -> out.println("partition " + move.partition() + " is at " + committed.get(move.partition())
                + ", not at " + move.to() + ": somebody else has moved it; run this again"));
        if (wrong.isEmpty()) {
            out.println("done and verified; start the stage again");
        }
        return wrong.isEmpty();
    }
}
