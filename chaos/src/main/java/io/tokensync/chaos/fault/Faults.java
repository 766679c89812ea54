package io.tokensync.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.tokensync.chaos.cluster.Clocks;
import io.tokensync.chaos.cluster.Installation;
import io.tokensync.chaos.cluster.StateDisk;
import io.tokensync.chaos.net.TcpLink;
import io.tokensync.chaos.process.Child;
import io.tokensync.chaos.process.Child.Role;
import io.tokensync.chaos.schedule.FaultKind;
import io.tokensync.chaos.schedule.PlannedFault;

/** Makes the faults of a schedule happen to an installation. */
public final class Faults {
    private static final int BROKERS = 3;
    private static final List<Duration> STEPS = List.of(Duration.ofHours(-24), Duration.ofHours(-1),
            Duration.ofSeconds(-30), Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofHours(6));

    private final Installation installation;

    public Faults(Installation installation) {
        this.installation = installation;
    }

    /** Kinds that this machine does not allow, each with the reason. */
    public static Map<FaultKind, String> impossible(Installation installation) {
        Map<FaultKind, String> impossible = new EnumMap<>(FaultKind.class);
        if (installation.clocks().isEmpty()) {
            impossible.put(FaultKind.CLOCK_STEPPED, "libfaketime is not installed (Debian: apt-get install faketime)");
        }
        if (installation.disks().isEmpty()) {
            impossible.put(FaultKind.STATE_DISK_FULL, "this user may not mount a small file system");
        }
        if (installation.nodes().postgres().isEmpty()) {
            impossible.put(FaultKind.NODE_DATABASE_KILLED, "PostgreSQL does not run on this machine");
            impossible.put(FaultKind.NODE_DATABASE_LOCKED, "PostgreSQL does not run on this machine");
        }
        return impossible;
    }

    /** The kinds that are left. */
    public static Set<FaultKind> possible(Installation installation) {
        Set<FaultKind> possible = EnumSet.allOf(FaultKind.class);
        possible.removeAll(impossible(installation).keySet());
        return possible;
    }

    /** What is to happen. */
    public Fault of(PlannedFault planned) {
        return switch (planned.kind()) {
            case AGENT_KILLED -> kill(planned.target(installation.processes(Role.AGENT)));
            case ENRICHER_KILLED -> kill(planned.target(installation.processes(Role.ENRICHER)));
            case WRITER_KILLED -> kill(planned.target(installation.processes(Role.WRITER)));
            case MONITOR_KILLED -> kill(planned.target(installation.processes(Role.MONITOR)));
            case STAGE_STOPPED_SHORTLY, STAGE_STOPPED_LONG -> suspend(planned.target(installation.stages()));
            case CLOCK_STEPPED -> clock(planned);
            case STATE_DISK_FULL -> disk(planned);
            case NODE_DATABASE_KILLED, NODE_DATABASE_LOCKED ->
                new NodeDatabaseFaults(installation.nodes()).of(planned);
            case BROKER_KILLED, BROKER_STOPPED, QUORUM_LOST, ALL_BROKERS_DEAD, BROKER_CUT, BROKER_SILENT, CLIENTS_CUT,
                    BROKERS_SLOW ->
                ofBrokers(planned);
            case DATABASE_AWAY, DATABASE_SILENT, DATABASE_SLOW, DATABASE_THROTTLED, DATABASE_FAILING_OVER,
                    COMMIT_UNANSWERED ->
                new DatabaseFaults(installation.database(), installation.databaseLink()).of(planned);
        };
    }

    private Fault ofBrokers(PlannedFault planned) {
        List<Child> brokers = installation.processes(Role.BROKER);
        int broker = planned.choice() % BROKERS;
        return switch (planned.kind()) {
            case BROKER_KILLED -> kill(brokers.get(broker));
            case BROKER_STOPPED -> suspend(brokers.get(broker));
            case QUORUM_LOST ->
                Fault.all(List.of(kill(brokers.get(broker)), kill(brokers.get((broker + 1) % BROKERS))));
            case ALL_BROKERS_DEAD -> Fault.all(brokers.stream().map(Faults::kill).toList());
            case BROKER_CUT -> links("links to broker-" + (broker + 1), installation.brokerLinks(broker), TcpLink::cut);
            case BROKER_SILENT ->
                links("links to broker-" + (broker + 1), installation.brokerLinks(broker), TcpLink::silence);
            case CLIENTS_CUT -> links("clients' links to all brokers", installation.clientLinks(), TcpLink::cut);
            case BROKERS_SLOW -> slow(Duration.ofMillis(50 + planned.detail(400)));
            default -> throw new IllegalArgumentException("no fault of brokers: " + planned.kind());
        };
    }

    private static Fault kill(Child child) {
        return new Fault(child.name(), child::kill, child::start);
    }

    private static Fault suspend(Child child) {
        return new Fault(child.name(), child::suspend, child::resume);
    }

    private static Fault links(String subject, List<TcpLink> links, Consumer<TcpLink> how) {
        return new Fault(subject, () -> links.forEach(how), () -> links.forEach(TcpLink::heal));
    }

    private Fault slow(Duration delay) {
        List<TcpLink> links = new ArrayList<>(installation.clientLinks());
        IntStream.range(0, BROKERS).mapToObj(installation::brokerLinks).forEach(links::addAll);
        return links("all links to brokers, " + delay.toMillis() + " ms", links, link -> link.slow(delay));
    }

    private Fault clock(PlannedFault planned) {
        Clocks clocks = installation.clocks().orElseThrow();
        Child stage = planned.target(installation.stages());
        Duration step = STEPS.get(planned.detail(STEPS.size()));
        return new Fault(stage.name() + " by " + step, () -> clocks.step(stage.name(), step),
                () -> clocks.step(stage.name(), Duration.ZERO));
    }

    private Fault disk(PlannedFault planned) {
        Entry<String, StateDisk> disk = planned.target(List.copyOf(new TreeMap<>(installation.disks()).entrySet()));
        return new Fault(disk.getKey(), disk.getValue()::fill, disk.getValue()::free);
    }
}
