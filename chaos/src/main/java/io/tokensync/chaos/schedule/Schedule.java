package io.tokensync.chaos.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * The rounds of a run, without end and the same for the same seed and kinds. Every kind comes once before one comes again.
 * Not thread-safe.
 */
public final class Schedule {
    /** Of so many rounds one has two faults. */
    private static final int PAIRS = 5;
    private static final Duration LONGEST_LAG = Duration.ofSeconds(5);
    private static final Duration SHORTEST_REST = Duration.ofSeconds(2);
    private static final Duration LONGEST_REST = Duration.ofSeconds(8);

    private final SplittableRandom random;
    private final List<FaultKind> kinds;
    private final Deque<FaultKind> left = new ArrayDeque<>();

    /** @param kinds those that are possible on this machine; at least one */
    public Schedule(long seed, Collection<FaultKind> kinds) {
        this.random = new SplittableRandom(seed);
        this.kinds = List.copyOf(new TreeSet<>(kinds));
        if (this.kinds.isEmpty()) {
            throw new IllegalArgumentException("a schedule of no kind of fault");
        }
    }

    /** The next one. */
    public Round next() {
        List<PlannedFault> faults = new ArrayList<>();
        faults.add(fault(Duration.ZERO));
        if (random.nextInt(PAIRS) == 0) {
            faults.add(fault(between(Duration.ZERO, LONGEST_LAG)));
        }
        return new Round(faults, between(SHORTEST_REST, LONGEST_REST));
    }

    private PlannedFault fault(Duration lag) {
        FaultKind kind = kind();
        return new PlannedFault(kind, random.nextInt(Integer.MAX_VALUE), lag,
                between(kind.shortest(), kind.longest()));
    }

    private FaultKind kind() {
        if (left.isEmpty()) {
            List<FaultKind> shuffled = new ArrayList<>(kinds);
            for (int i = shuffled.size() - 1; i > 0; i--) {
                FaultKind swapped = shuffled.get(i);
                int other = random.nextInt(i + 1);
                shuffled.set(i, shuffled.get(other));
                shuffled.set(other, swapped);
            }
            left.addAll(shuffled);
        }
        return left.remove();
    }

    private Duration between(Duration shortest, Duration longest) {
        return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
    }
}
