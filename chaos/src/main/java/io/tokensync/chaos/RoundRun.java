package io.tokensync.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.tokensync.chaos.cluster.Installation;
import io.tokensync.chaos.fault.Fault;
import io.tokensync.chaos.fault.Faults;
import io.tokensync.chaos.process.Child;
import io.tokensync.chaos.process.Supervision;
import io.tokensync.chaos.report.FaultLog;
import io.tokensync.chaos.report.Outcome;
import io.tokensync.chaos.schedule.PlannedFault;
import io.tokensync.chaos.schedule.Round;
import io.tokensync.common.time.Sleeper;

/** Makes the faults of a round happen, and waits until the table goes on. */
final class RoundRun {
    private final Installation installation;
    private final Supervision supervision;
    private final Duration bound;
    private final Sleeper sleeper;
    private final Clock clock;
    private final FaultLog log;
    private final Faults faults;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** A fault that has happened. */
    private record Happened(PlannedFault planned, String subject, Instant at) {}

    RoundRun(Installation installation, Supervision supervision, Duration bound, Sleeper sleeper, Clock clock,
            FaultLog log) {
        this.installation = installation;
        this.supervision = supervision;
        this.bound = bound;
        this.sleeper = sleeper;
        this.clock = clock;
        this.log = log;
        this.faults = new Faults(installation);
    }

    /** Returns when the installation has recovered, or has not within the bound, and has rested. */
    List<Outcome> run(Round round) throws Exception {
        List<Happened> happened = happen(round.faults());
        long ended = System.nanoTime();
        boolean recovered = Installation.await(bound, sleeper,
                () -> installation.nodes().canaries().staleSince(ended).isEmpty());
        Duration took = Duration.ofNanos(System.nanoTime() - ended);
        if (recovered) {
            log.say("recovered after " + took.toMillis() + " ms");
        } else {
            log.say("NOT RECOVERED after " + took.toMillis() + " ms: nothing new of "
                    + installation.nodes().canaries().staleSince(ended) + "; threads are in the logs");
            installation.stages().forEach(Child::printThreads);
        }
        supervision.look();
        List<String> trouble = new ArrayList<>(supervision.takeEnds());
        trouble.addAll(failures);
        failures.clear();
        sleeper.sleep(round.rest());
        return happened.stream()
                .map(each -> new Outcome(each.planned.kind(), each.subject, each.at, each.planned.length(),
                        happened.size() == 1, Optional.of(took).filter(_ -> recovered),
                        trouble.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", trouble))))
                .toList();
    }

    private List<Happened> happen(List<PlannedFault> planned) throws InterruptedException {
        List<Happened> happened = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (PlannedFault each : planned) {
            Fault fault = faults.of(each);
            happened.add(new Happened(each, fault.subject(), clock.instant().plus(each.lag())));
            threads.add(Thread.ofPlatform().name(each.kind().name()).start(() -> happen(each, fault)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return happened;
    }

    private void happen(PlannedFault planned, Fault fault) {
        try {
            sleeper.sleep(planned.lag());
            log.say("begin " + planned.kind() + " " + fault.subject() + " for " + planned.length().toMillis() + " ms");
            try {
                fault.begin().run();
                sleeper.sleep(planned.length());
            } finally {
                fault.end().run();
                log.say("end   " + planned.kind() + " " + fault.subject());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failures.add(planned.kind() + " could not be made to happen: " + e);
            log.say("FAILED " + planned.kind() + " " + fault.subject() + ": " + e);
        }
    }
}
