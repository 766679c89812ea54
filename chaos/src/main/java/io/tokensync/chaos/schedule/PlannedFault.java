package io.tokensync.chaos.schedule;

import java.time.Duration;
import java.util.List;

/**
 * A fault of the schedule.
 *
 * @param kind what goes wrong
 * @param choice which of the things that it can happen to, and how hard; what begins it makes a number of its range of it
 * @param lag from the beginning of its round
 * @param length how long it lasts
 */
public record PlannedFault(FaultKind kind, int choice, Duration lag, Duration length) {
    public PlannedFault {
        if (choice < 0 || lag.isNegative() || length.isNegative()) {
            throw new IllegalArgumentException("a fault cannot be " + kind + " " + choice + " " + lag + " " + length);
        }
    }

    /** The thing among these that it happens to. */
    public <T> T target(List<T> targets) {
        return targets.get(choice % targets.size());
    }

    /** A number from 0 to below the bound that does not follow from {@link #target}. */
    public int detail(int bound) {
        return Math.floorMod(Integer.reverse(choice * 0x9E3779B9), bound);
    }
}
