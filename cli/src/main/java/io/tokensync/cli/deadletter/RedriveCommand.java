package io.tokensync.cli.deadletter;

import java.time.Clock;
import java.util.Locale;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.time.Sleeper;

/** Sends dead letters back to the topic that they came from. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = "Sends dead letters back to the topic they came from; run again, it goes on behind the last one.")
final class RedriveCommand extends DeadLetterCommand {
    @Mixin
    private final DeadLetterFilter filter = new DeadLetterFilter(Clock.systemUTC());

    @Option(names = "--dry-run", description = "say what would be sent, and end")
    private boolean dryRun;

    @Option(names = "--rate", paramLabel = "N", description = "dead letters a second (default: ${DEFAULT-VALUE})")
    private int rate = 100;

    @Option(names = "--max", paramLabel = "N", description = "dead letters at most (default: all)")
    private long max = Long.MAX_VALUE;

    @Option(names = "--loops", paramLabel = "N", description = "a dead letter that was sent back so often and came again stays (default: ${DEFAULT-VALUE})")
    private int loops = 3;

    @Option(names = "--force", description = "send those back too")
    private boolean force;

    @Option(names = "--again", description = "begin at the first dead letter, also those that were sent back before")
    private boolean again;

    @Spec
    private CommandSpec spec;

    /** What {@code --json} shows. */
    private record SentBack(boolean dryRun, Redrive.Counts deadLetters) {}

    @Override
    void check() {
        filter.check();
        if (rate < 1 || max < 1 || loops < 1) {
            throw new ParameterException(spec.commandLine(), "--rate, --max and --loops are at least 1");
        }
    }

    @Override
    int run(KafkaAccess access) throws InterruptedException {
        Redrive.Limits limits = new Redrive.Limits(rate, max, force ? Integer.MAX_VALUE : loops, dryRun, again);
        Redrive.Counts counts = new Redrive(access, filter, limits, Sleeper.system()).run();
        if (isJson()) {
            System.out.println(JsonOption.document(new SentBack(dryRun, counts)));
        } else {
            print(counts);
        }
        return counts.toForeign() == 0 ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    private void print(Redrive.Counts counts) {
        System.out.printf(Locale.ROOT, "%,d dead letters %s%n", counts.sent(),
                dryRun ? "would be sent back" : "sent back");
        say(counts.looping(),
                "have been sent back " + loops + " times and came again; --force --again sends them once more");
        say(counts.fromDatabases(), "are rows of node databases: their agent reads them again when they change");
        say(counts.gone(), "were too large to carry what was rejected, and it is no longer at its origin");
        say(counts.doubles(), "are about records that another dead letter sends back");
        say(counts.toForeign(), Printable.line("name a topic that no stage of this configuration reads: "
                + String.join(", ", counts.foreign())));
    }

    private static void say(long count, String what) {
        if (count > 0) {
            System.out.printf(Locale.ROOT, "%,d dead letters stay: they %s%n", count, what);
        }
    }
}
