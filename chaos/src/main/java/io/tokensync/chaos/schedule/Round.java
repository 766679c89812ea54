package io.tokensync.chaos.schedule;

import java.time.Duration;
import java.util.List;

/**
 * Faults that happen side by side; the next round begins when the installation has recovered from this one.
 *
 * @param faults one, now and then two
 * @param rest after the recovery
 */
public record Round(List<PlannedFault> faults, Duration rest) {
    public Round {
        faults = List.copyOf(faults);
    }
}
