package io.tokensync.chaos.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Samples of all processes. Of each that has lived long enough the first samples after its warm-up are compared with its last
 * ones. Not thread-safe.
 */
public final class VitalsLog {
    private static final Duration WARM_FROM = Duration.ofMinutes(1);
    private static final Duration WARM_UNTIL = Duration.ofMinutes(2);
    private static final int LAST = 6;
    /** A heap may grow up to its limit; what leaks grows beyond this too. */
    private static final double FACTOR = 1.5;
    private static final long SPARE_MIB = 128;
    private static final long SPARE_THREADS = 20;
    private static final long SPARE_DESCRIPTORS = 64;

    private final Map<Long, Life> lives = new HashMap<>();

    private record Sample(long nanos, Vitals vitals) {}

    private record Life(String name, Child.Role role, List<Sample> samples) {}

    /** The most that a role has taken. */
    public record Peak(long residentMiB, long threads, long descriptors) {
        private Peak with(Vitals vitals) {
            return new Peak(Math.max(residentMiB, vitals.residentMiB()), Math.max(threads, vitals.threads()),
                    Math.max(descriptors, vitals.descriptors()));
        }
    }

    /** Takes a sample of each. */
    public void sample(Collection<Child> children, long nanos) {
        for (Child child : children) {
            child.running().ifPresent(process -> Vitals.of(process.pid())
                    .ifPresent(vitals -> add(child.name(), child.role(), process.pid(), nanos, vitals)));
        }
    }

    void add(String name, Child.Role role, long pid, long nanos, Vitals vitals) {
        lives.computeIfAbsent(pid, _ -> new Life(name, role, new ArrayList<>())).samples
                .add(new Sample(nanos, vitals));
    }

    /** What the processes of each role took at most. */
    public Map<Child.Role, Peak> peaks() {
        Map<Child.Role, Peak> peaks = new EnumMap<>(Child.Role.class);
        for (Life life : lives.values()) {
            for (Sample sample : life.samples) {
                peaks.merge(life.role, new Peak(0, 0, 0).with(sample.vitals),
                        (peak, _) -> peak.with(sample.vitals));
            }
        }
        return peaks;
    }

    /** One sentence for each process that took much more at its end than after its warm-up. */
    public List<String> growth() {
        List<String> grown = new ArrayList<>();
        for (Life life : lives.values()) {
            compare(life, "MiB resident", Vitals::residentMiB, SPARE_MIB, grown);
            compare(life, "threads", Vitals::threads, SPARE_THREADS, grown);
            compare(life, "descriptors", Vitals::descriptors, SPARE_DESCRIPTORS, grown);
        }
        return grown;
    }

    private static void compare(Life life, String what, ToLongFunction<Vitals> of, long spare, List<String> grown) {
        long born = life.samples.getFirst().nanos;
        List<Long> warm = values(life.samples, of,
                sample -> sample.nanos - born >= WARM_FROM.toNanos() && sample.nanos - born <= WARM_UNTIL.toNanos());
        boolean lived = life.samples.getLast().nanos - born >= WARM_UNTIL.toNanos();
        if (warm.isEmpty() || !lived) {
            return;
        }
        List<Sample> tail = life.samples.subList(Math.max(0, life.samples.size() - LAST), life.samples.size());
        long before = median(warm);
        long after = median(values(tail, of, _ -> true));
        if (after > before * FACTOR + spare) {
            grown.add(life.name + " had " + before + " " + what + " after its warm-up and " + after + " at its end");
        }
    }

    private static List<Long> values(List<Sample> samples, ToLongFunction<Vitals> of, Predicate<Sample> which) {
        return samples.stream().filter(which).map(sample -> of.applyAsLong(sample.vitals)).toList();
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
