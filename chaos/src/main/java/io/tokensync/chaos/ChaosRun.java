package io.tokensync.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;

import io.tokensync.chaos.check.EndCheck;
import io.tokensync.chaos.check.OffsetCheck;
import io.tokensync.chaos.check.Poison;
import io.tokensync.chaos.cluster.ChaosSettings;
import io.tokensync.chaos.cluster.Installation;
import io.tokensync.chaos.fault.Faults;
import io.tokensync.chaos.process.Child;
import io.tokensync.chaos.process.Supervision;
import io.tokensync.chaos.report.ChaosReport;
import io.tokensync.chaos.report.FaultLog;
import io.tokensync.chaos.report.Outcome;
import io.tokensync.chaos.schedule.Schedule;
import io.tokensync.common.time.Sleeper;
import io.tokensync.simulator.truth.Truth;

/**
 * One run: an installation is made, faults happen for as long as the settings say, and then everything must hold. What it
 * leaves is the log of the faults, the logs of the processes, and the report.
 */
public final class ChaosRun {
    private static final String REPORT = "chaos-report.json";

    private final ChaosSettings settings;
    private final Clock clock;
    private final Sleeper sleeper;
    private final FaultLog log;
    private final PrintStream out;
    private final List<String> broken = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    private ChaosRun(ChaosSettings settings, PrintStream out, Clock clock, Sleeper sleeper) {
        this.settings = settings;
        this.clock = clock;
        this.sleeper = sleeper;
        this.out = out;
        this.log = new FaultLog(settings.directory().resolve("faults.log"), out, clock);
    }

    /**
     * Runs to the end, whatever is found meanwhile.
     *
     * @param out gets the log of the faults and the table at the end
     * @throws Exception when the installation cannot be made or does not start: then nothing is known
     */
    public static ChaosReport run(ChaosSettings settings, PrintStream out, Clock clock, Sleeper sleeper)
            throws Exception {
        delete(settings.directory());
        Files.createDirectories(settings.directory());
        return new ChaosRun(settings, out, clock, sleeper).run();
    }

    private ChaosReport run() throws Exception {
        log.say("seed " + settings.seed() + ", everything is in " + settings.directory());
        ChaosReport report;
        try (Installation installation = Installation.prepare(settings, sleeper)) {
            report = run(installation);
        }
        report.lines().forEach(out::println);
        Files.writeString(settings.directory().resolveSibling(REPORT), report.json());
        if (report.broken().isEmpty()) {
            for (String large : List.of("kafka", "nodes", "state")) {
                delete(settings.directory().resolve(large));
            }
        }
        return report;
    }

    private ChaosReport run(Installation installation) throws Exception {
        Poison poison = new Poison();
        OffsetCheck offsets = new OffsetCheck(installation.kafka(), installation.table());
        EndCheck end = new EndCheck(installation, settings, sleeper);
        start(installation);
        try (Supervision supervision = new Supervision(installation.processes(), sleeper, System::nanoTime,
                line -> log.say("ENDED " + line))) {
            poison.plant(installation.kafka());
            rounds(installation, supervision, offsets);
            log.say("no more faults; waiting until everything has arrived");
            Truth truth = installation.nodes().end();
            broken.addAll(end.run(truth, poison, offsets));
            supervision.look();
            broken.addAll(supervision.takeEnds());
            broken.addAll(supervision.growth());
            installation.table().sessions().forEach(log::say);
            ChaosReport report = report(installation, supervision, offsets, end);
            supervision.close();
            return report;
        } finally {
            installation.stopStages().forEach(name -> log.say("STUBBORN " + name + " did not end when asked"));
        }
    }

    private ChaosReport report(Installation installation, Supervision supervision, OffsetCheck offsets, EndCheck end) {
        return new ChaosReport(settings.seed(), settings.length(), installation.nodes().edits(), end.table(),
                offsets.records(), List.copyOf(outcomes), Faults.impossible(installation), supervision.peaks(),
                List.copyOf(broken));
    }

    private void start(Installation installation) throws Exception {
        installation.start();
        long started = System.nanoTime();
        Duration bound = settings.bounds().start();
        if (!Installation.await(bound, sleeper, () -> isStarted(installation, started))) {
            installation.stages().forEach(Child::printThreads);
            throw new IllegalStateException("nothing came into the table within " + bound + " of the start; see "
                    + settings.directory().resolve("logs"));
        }
        log.say("started within " + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s");
    }

    private static boolean isStarted(Installation installation, long since) throws Exception {
        for (Child child : installation.processes()) {
            child.unwantedEnd().ifPresent(exitCode -> {
                throw new IllegalStateException(
                        child.name() + " ended at its start with exit code " + exitCode + ", see " + child.log());
            });
        }
        return installation.nodes().canaries().staleSince(since).isEmpty();
    }

    private void rounds(Installation installation, Supervision supervision, OffsetCheck offsets) throws Exception {
        Schedule schedule = new Schedule(settings.seed(), Faults.possible(installation));
        RoundRun round = new RoundRun(installation, supervision, settings.bounds().recovery(), sleeper, clock, log);
        Faults.impossible(installation).forEach((kind, why) -> log.say("SKIPPED " + kind + ": " + why));
        long end = System.nanoTime() + settings.length().toNanos();
        while (System.nanoTime() < end) {
            List<Outcome> happened = round.run(schedule.next());
            outcomes.addAll(happened);
            happened.stream().filter(outcome -> !outcome.isSurvived())
                    .forEach(outcome -> broken.add("not survived: " + outcome.describe()));
            lookAtOffsets(installation, offsets);
        }
    }

    private void lookAtOffsets(Installation installation, OffsetCheck offsets) throws Exception {
        try (Admin admin = installation.kafka().admin("chaos")) {
            for (String behind : offsets.look(admin)) {
                log.say("AHEAD " + behind);
                broken.add("committed and not in the table: " + behind);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(ChaosRun::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
